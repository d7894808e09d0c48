//! Puts the version resource and the manifest into the Windows program; on other systems there is nothing to do.

#[expect(clippy::disallowed_methods, reason = "that is how a build script speaks with cargo")]
fn main() {
    println!("cargo::rerun-if-changed=assets/smtp-auth-audit.manifest");
    if std::env::var_os("CARGO_CFG_WINDOWS").is_none() {
        return;
    }
    let mut resource = winresource::WindowsResource::new();
    resource
        .set("ProductName", "smtp-auth-audit")
        .set("FileDescription", env!("CARGO_PKG_DESCRIPTION"))
        .set("LegalCopyright", "MIT OR Apache-2.0")
        .set("OriginalFilename", "smtp-auth-audit.exe")
        .set_manifest_file("assets/smtp-auth-audit.manifest");
    if let Err(error) = resource.compile() {
        println!("cargo::error=the version resource could not be made: {error}");
    }
}
