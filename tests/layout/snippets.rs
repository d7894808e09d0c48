//! What the rules catch, and what they must not take for a use.

use crate::house::House;
use crate::{against_order, between_clients, circles_except};

/// `src/model/text.rs` with this text, between files that it may use and files that it may not.
fn order_with(text: &str) -> Vec<String> {
    let order = ["model", "clients", "cli"].map(str::to_owned);
    let house = House::of([
        ("lib.rs", "pub mod model;\npub mod clients;\npub mod cli;"),
        ("model/mod.rs", "mod note;\nmod text;\npub use note::Note;"),
        ("model/note.rs", "pub struct Note;"),
        ("model/text.rs", text),
        ("clients.rs", "pub struct Client;"),
        ("cli.rs", "mod output;\npub use output::Writer;\npub trait Run {}"),
        ("cli/output.rs", "pub struct Writer;"),
    ]);
    against_order(&house.uses(), &order)
}

#[test]
fn a_use_of_a_lower_module_is_seen_however_it_is_written() {
    for text in [
        "use crate::cli;",
        "use crate::cli::Run as _;",
        "use crate::{cli as _};",
        "use crate::{\n    model::{self, Note},\n    cli,\n};",
        "use crate::{model::{Note as N, text::{A, B}}, cli::{output::{self as o, Writer}}};",
        "use crate::cli::{self};",
        "use crate::cli::*;",
        "use crate::{cli::*};",
        "pub(crate) use crate::cli::Run;",
        "pub(super) use super::super::cli::Run;",
        "use super::super::{cli::Run};",
        "use super::{super::cli, Note};",
        "use self::super::super::cli;",
        "mod tests {\n    use super::super::super::cli;\n}",
        "use crate::*;\nfn f() -> cli::Writer {}",
        "use crate as root;\nfn f(x: root::cli::Writer) {}",
        "use crate::{self as root};\nuse root::cli;",
        "use smtp_auth_audit::cli;",
        "use crate::r#cli;",
        "use crate :: /* of the program */ cli :: Run;",
        "fn f() { crate::cli::run(); }",
        "fn f() { super::super::cli::run(); }",
        "fn f(x: &crate::cli::output::Writer) {}",
        "fn f() { <crate::cli::Writer as Clone>::clone(); }",
        "impl crate::cli::Run for Text {}",
        "fn f() { println!(\"{}\", crate::cli::name()); }",
        "macro_rules! run { () => { $crate::cli::run() } }",
        "fn f<'a>(x: &'a str) { let quote = '\"'; crate::cli::run(); let end = '\"'; }",
        "fn f() { let (escaped, slash) = ('\\'', b'\\\\'); crate::cli::run(); }",
        "const A: &str = r#\"a \" b\"#; use crate::cli; const B: &str = \"c\\\"\";",
        "/* a /* b */ c */ use crate::cli;",
    ] {
        let wrong = order_with(text);
        assert!(wrong.iter().any(|line| line.contains("model uses cli")), "{text}\n{wrong:?}");
        assert!(wrong.iter().all(|line| line.starts_with("model::text:")), "{text}\n{wrong:?}");
    }
    assert_eq!(order_with("\n\nuse crate::{\n    cli,\n};"), ["model::text:4: model uses cli"]);
    // What lib.rs does not list has no place in the order.
    let house = House::of([("model.rs", "pub struct A;"), ("other.rs", "use crate::model::A;")]);
    assert_eq!(against_order(&house.uses(), &["model".to_owned()]).len(), 1);
    assert_eq!(order_with("use crate::clients::Client;"), ["model::text:1: model uses clients"]);
}

#[test]
fn what_only_looks_like_a_use_is_none() {
    for text in [
        "// use crate::cli;",
        "//! As `crate::cli` does.\n/// See [`crate::cli::run`].\nfn f() {}",
        "/* a /* b */ use crate::cli; */",
        "const A: &str = \"use crate::cli; \\\" crate::cli::run()\";",
        "const A: &[u8] = br##\"crate::cli \"# crate::cli::run()\"##;",
        "fn f(cli: Cli) { cli.run(); let crates = cli; }",
        "use ::cli::Run;\nuse other::cli::Run as Other;",
        "mod cli { pub fn run() {} }\nfn f() { self::cli::run(); }",
        "pub(in crate::model) fn f() -> impl Iterator + use<'static> {}",
        "use super::{Note, super::model::note};\nfn f() { crate::model::Note::new(); }",
        "mod tests {\n    use super::super::Note;\n    use super::*;\n}",
    ] {
        assert_eq!(order_with(text), [""; 0], "{text}");
    }
}

#[test]
fn a_client_that_uses_another_is_seen() {
    let house = |text| {
        House::of([
            ("lib.rs", "pub mod clients;"),
            ("clients/mod.rs", "pub mod becky;\npub mod outlook;\npub mod settings;\npub use outlook::read;"),
            ("clients/settings.rs", "pub struct Look;"),
            ("clients/outlook/mod.rs", "pub mod account;\npub fn read() {}"),
            ("clients/outlook/account.rs", "pub fn account() {}"),
            ("clients/becky/mod.rs", "mod folders;"),
            ("clients/becky/folders.rs", text),
        ])
    };
    for text in [
        "use crate::clients::{settings::Look, outlook::account};",
        "use super::super::{outlook as _};",
        "use super::super::outlook::*;",
        "use crate::clients;\nfn f() { clients::outlook::read(); }",
        "use crate::clients::read;",
    ] {
        let wrong = between_clients(&house(text).uses());
        assert!(!wrong.is_empty(), "{text}");
        assert!(wrong.iter().all(|line| line.contains("becky uses outlook")), "{text}\n{wrong:?}");
    }
    let fine = "use crate::clients::settings::Look;\nuse super::super::becky;\nfn f() { super::read(); }";
    assert_eq!(between_clients(&house(fine).uses()), [""; 0]);
}

/// The circles of a folder `a` with these files, as text.
fn circles_of(above: &str, one: &str, two: &str, three: &str, upward: &[&str]) -> Vec<String> {
    let house = House::of([
        ("lib.rs", "pub mod a;"),
        ("a.rs", above),
        ("a/one.rs", one),
        ("a/two.rs", two),
        ("a/three/mod.rs", three),
    ]);
    let uses = house.uses();
    let circles = circles_except(&uses, upward);
    let shown = circles.iter().map(|circle| {
        let files: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
        files.join(" ")
    });
    shown.collect()
}

#[test]
fn a_circle_of_files_is_seen() {
    let above = "mod one;\nmod two;\nmod three;\npub use one::One;\npub use two::{Two, make as build};";
    // By imports, by paths, through what the file above hands on, through a glob, in three steps.
    for (one, two, three) in [
        ("use super::two::Two;\npub struct One;", "use super::one::One;\npub struct Two;", ""),
        ("pub struct One;\nfn f() { super::two::make(); }", "use super::{one as _};\npub fn make() {}", ""),
        ("pub struct One;\nfn f() { super::build(); }", "use super::One;\npub fn make() {}", ""),
        ("use super::*;\npub struct One;\nfn f() { Two::new(); }", "use super::One;\npub struct Two;", ""),
    ] {
        assert_eq!(circles_of(above, one, two, three, &["a"]), ["a::one a::two"], "{one}\n{two}");
    }
    let (one, two, three) = ("use super::two::x;", "use super::three::y;", "use crate::a::one::z;");
    assert_eq!(circles_of(above, one, two, three, &["a"]), ["a::one a::three a::two"]);
}

#[test]
fn a_circle_with_the_file_above_is_seen_unless_its_room_is_listed() {
    let above = "mod one;\npub const MOST: usize = 1;\npub fn f() { one::g(); }";
    let one = "use super::MOST;\npub fn g() {}";
    assert_eq!(circles_of(above, one, "", "", &["b"]), ["a a::one"]);
    assert_eq!(circles_of(above, one, "", "", &["a"]), [""; 0]);
}

#[test]
fn one_direction_is_no_circle() {
    let above = "mod one;\nmod two;\npub use one::One;\npub use two::Two;\npub fn f() { two::g(); }";
    let one = "pub struct One;\nmod tests {\n    use super::*;\n}";
    let two = "use super::One;\npub struct Two;\npub fn g() { self::h(); crate::a::two::h(); }\nfn h() {}";
    assert_eq!(circles_of(above, one, two, "use super::{One, Two};", &[]), [""; 0]);
}
