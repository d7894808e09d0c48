//! Which settings hold a secret: readers drop their data before anything else can see it.

/// Parts of a setting's name that mark it as a secret, compared with only letters and digits left, in lower case.
const MARKS: [&str; 9] =
    ["passw", "passphrase", "secret", "token", "credential", "privatekey", "cookie", "keyblob", "authcode"];

/// Endings that mark a secret and would be too short to be searched for inside other names.
const ENDINGS: [&str; 3] = ["pass", "pwd", "pw"];

/// Names that look like a secret's and are none: `HostAuth.credentialKey` of Android's Email is the number of a row, by
/// which alone an account that signs in by OAuth can be told (AOSP, packages/apps/Email, HostAuth.java).
const HARMLESS: [&str; 1] = ["credentialkey"];

/// Parts of a registry key's path below which every value is a secret: the protected storage of Windows 2000/XP
/// and the form data of old browsers.
const PLACES: [&str; 4] =
    ["protected storage system provider", "\\intelliforms\\", "\\policy\\secrets", "\\vault\\"];

/// Parts of a registry key's path below which nobody has published what the values hold, so that any of them may be a
/// secret; and, of the keys directly below, the values that are known to be none.
const UNCHARTED: [(&str, [&str; 2]); 1] = [("\\activesync\\partners\\", ["Email", "Server"])];

/// True if a setting of this name holds a password, a token or the like. Deliberately wide: a value that is dropped
/// by mistake costs a detail, a value that is kept by mistake breaks the promise.
pub fn is_secret_name(name: &str) -> bool {
    let plain: String = if name.is_ascii() {
        let bytes = name.bytes().filter(u8::is_ascii_alphanumeric);
        bytes.map(|byte| char::from(byte.to_ascii_lowercase())).collect()
    } else {
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let looks_secret = holds_any(plain.as_bytes(), &MARKS)
        || ENDINGS.iter().any(|ending| plain.ends_with(ending))
        || plain == "pin";
    looks_secret && !HARMLESS.contains(&plain.as_str())
}

/// True if everything below this registry key (any case, `\` between the parts) is a secret.
pub fn is_secret_place(path: &str) -> bool {
    // Asked for each value of each key: nothing is copied where the case is plain.
    let holds = |path: &[u8]| holds_any(path, &PLACES) || ends_like(path, &PLACES);
    if path.is_ascii() { holds(path.as_bytes()) } else { holds(path.to_lowercase().as_bytes()) }
}

/// True if one of the words, which are in lower case, stands in the text, in any case of ASCII.
fn holds_any(text: &[u8], words: &[&str]) -> bool {
    // One bit for each first byte: this is asked for each name of each file.
    let bit = |byte: u8| 1_u128.checked_shl(byte.to_ascii_lowercase().into()).unwrap_or_default();
    let firsts =
        words.iter().filter_map(|word| word.bytes().next()).fold(0, |firsts, first| firsts | bit(first));
    text.iter().enumerate().filter(|(_, byte)| firsts & bit(**byte) != 0).any(|(at, _)| {
        let rest = text.get(at..).unwrap_or_default();
        words
            .iter()
            .any(|word| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes())))
    })
}

/// True if the path ends with one of the places that have a `\` behind them.
fn ends_like(path: &[u8], places: &[&str]) -> bool {
    places.iter().filter_map(|place| place.strip_suffix('\\')).any(|place| {
        let tail = path.len().checked_sub(place.len()).and_then(|start| path.get(start..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(place.as_bytes()))
    })
}

/// True if nobody knows what this value of a registry key holds: of it only the type is kept.
pub fn is_uncharted(path: &str, name: &str) -> bool {
    if path.is_ascii()
        && !holds_any(path.as_bytes(), &UNCHARTED.map(|(place, _)| place.trim_end_matches('\\')))
    {
        return false;
    }
    let lower = format!("{}\\", path.to_lowercase());
    UNCHARTED.iter().any(|(place, known)| {
        lower.split_once(place).is_some_and(|(_, inside)| {
            inside.matches('\\').count() != 1 || !known.iter().any(|known| known.eq_ignore_ascii_case(name))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_recognised_in_every_clients_spelling() {
        for name in [
            "POP3 Password",
            "POP3 Password2",
            "SMTP_Password2",
            "PassWd",
            "password",
            "smtp_password",
            "IncomingPassword",
            "mail.smtpserver.smtp1.password",
            "OAuth Token",
            "mail.server.server1.client_secret",
            "Pwd",
            "PBSPass",
            "oauth2_authcode",
            "smtpPw",
            "PIN",
        ] {
            assert!(is_secret_name(name), "{name}");
        }
    }

    #[test]
    fn settings_that_the_verdict_needs_are_kept() {
        for name in [
            "SMTP Use Auth",
            "SMTP Auth Method",
            "useSecAuth",
            "Username",
            "SMTP Port",
            "SMTPAUTH",
            "credentialKey",
        ] {
            assert!(!is_secret_name(name), "{name}");
        }
        assert!(is_secret_name("credential") && is_secret_name("credentialKeys"));
    }

    #[test]
    fn places_hold_whatever_the_case() {
        assert!(is_secret_place("HKCU\\Software\\Microsoft\\protected Storage System Provider\\S-1"));
        assert!(is_secret_place("HKLM\\SECURITY\\Policy\\Secrets"));
        for place in
            [r"HKCU\Software\Microsoft\Internet Explorer\IntelliForms", r"HKCU\a\VAULT", r"HKCU\ダ\Vault\b"]
        {
            assert!(is_secret_place(place), "{place}");
        }
        for place in [r"HKCU\Software\Microsoft\Internet Account Manager\Accounts", r"HKCU\a\Vaults", ""] {
            assert!(!is_secret_place(place), "{place}");
        }
    }

    #[test]
    fn where_nobody_knows_the_values_only_the_known_ones_are_kept() {
        let account = r"HKCU\Software\Microsoft\ActiveSync\Partners\{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}";
        assert!(!is_uncharted(account, "email") && !is_uncharted(account, "Server"));
        assert!(is_uncharted(account, "Blob") && is_uncharted(&format!(r"{account}\Inner"), "Email"));
        assert!(is_uncharted(r"HKCU\Software\Microsoft\ActiveSync\Partners", "DeviceID"));
        assert!(!is_uncharted(r"HKCU\Software\Microsoft\ActiveSync", "x"));
    }
}
