//! Text files with the allowed settings, in the form of the originals: INI, XML, JSON.

use super::allowed;
use crate::clients::thunderbird;
use crate::clients::{evolution, kmail};
use crate::formats::encodings::decode;
use crate::formats::ini::{self, Entry};
use crate::formats::kinds_by_name::keep_by_name;
use crate::formats::secrets::is_secret_name;
use crate::formats::xml::{XmlValue, escaped};
use serde_json::{Value, json};
use std::fmt::Write;

/// A value of an INI file that is longer than what readers keep, of which nothing is copied.
const TOO_LONG: usize = 64 * 1024 + 1;

            }
        }
    }
    }
}

        };
    }
    }
}

}

    }
}

}

}

    for section in parsed.sections() {
        let mut lines = String::new();
            }
            match entry {
                Entry::Secret => {}
            }
        }
        }
    }
    Some(file)
}

    let mut file = String::from("# collected by smtp-auth-audit\n");
        }
        }
    }
    file
}

}

}

}

}

}
