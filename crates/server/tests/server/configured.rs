//! Settings of the built binary: where they come from, and what is said when they are wrong.

use std::path::Path;

use crate::support::run;

fn check(flags: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    run(&[&["serve", "--check-config"], flags].concat(), variables)
}

fn file(folder: &Path, text: &str) -> String {
    let path = folder.join("settings.toml");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_flag_comes_before_a_variable_and_that_before_the_file_and_that_before_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let text = "data = \"of-the-file\"\nheader_timeout = \"1s\"\nbody_timeout = \"1s\"\nidle_timeout = \"1s\"\n";
    let path = file(folder.path(), text);
    let variables =
        [("WAYMARK_HEADER_TIMEOUT", "2s"), ("WAYMARK_BODY_TIMEOUT", "2s"), ("WAYMARK_CONFIG", path.as_str())];
    let (code, printed, said) = check(&["--header-timeout", "3s"], &variables);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    for line in [
        "header_timeout = \"3s\"  # flag",
        "body_timeout = \"2s\"  # WAYMARK_BODY_TIMEOUT",
        &format!("idle_timeout = \"1s\"  # {path}"),
        &format!("data = \"of-the-file\"  # {path}"),
        "listen = \"127.0.0.1:8787\"  # default",
        "# tls_key is not set",
    ] {
        assert!(printed.lines().any(|found| found == line), "{line} is not in\n{printed}");
    }
}

#[test]
fn the_operators_table_has_each_setting_with_its_default() {
    let manual = include_str!("../../../../docs/operate.md");
    let (_, printed, _) = check(&["--data", "d"], &[]);
    let mut settings = 0;
    for line in printed.lines().filter(|line| !line.starts_with("# not tried")) {
        let row = match line.strip_prefix("# ").and_then(|line| line.strip_suffix(" is not set")) {
            Some(name) => format!("| `{name}` | not set |"),
            None if line.starts_with("data = ") => "| `data` | none: must be set |".to_owned(),
            None => {
                let (name, value) = line.split("  # ").next().unwrap().split_once(" = ").unwrap();
                format!("| `{name}` | `{}` |", value.trim_matches('"'))
            }
        };
        assert!(manual.contains(&row), "{row} is not in docs/operate.md");
        settings += 1;
    }
    assert_eq!(
        settings,
        manual.lines().filter(|line| line.starts_with("| `") && line.matches('|').count() == 4).count()
    );
}

#[test]
fn checking_makes_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (code, ..) = check(&["--data", data.to_str().unwrap()], &[]);
    assert_eq!((code, data.exists()), (Some(0), false));
}

#[test]
fn checking_makes_the_ways_to_database_and_bucket_and_says_what_it_has_not_tried() {
    let folder = tempfile::tempdir().unwrap();
    let nobody = file(folder.path(), "no certificate");
    let url = "postgresql://waymark:s3cret@db.example/waymark";
    let place = ["--data", "d", "--database-url", url, "--parts-url", "s3://parts/one"];
    let (code, printed, said) = check(&place, &[]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let last = printed.lines().last().unwrap();
    for untried in ["whether the address is free", "whether the database answers", "whether the bucket answers"] {
        assert!(last.starts_with("# not tried: ") && last.contains(untried), "{last}");
    }
    let (code, printed, said) = check(&[&place[..], &["--database-ca", &nobody]].concat(), &[]);
    assert!(code == Some(1) && said.contains("it has no certificates"), "{said}");
    assert!(!printed.contains("not tried") && !printed.contains("s3cret") && !said.contains("s3cret"));
    let (code, _, said) = check(&place, &[("AWS_SKIP_SIGNATURE", "perhaps")]);
    assert!(code == Some(1) && said.contains("the bucket cannot be used: check `parts_url`"), "{said}");
}

#[test]
fn what_is_printed_is_a_settings_file() {
    let folder = tempfile::tempdir().unwrap();
    let flags = [
        "--data",
        "d",
        "--trusted-proxies",
        "10.0.0.0/8,::1",
        "--plain-http",
        "--listen",
        "0.0.0.0:0",
        "--names",
        "a.example.org",
    ];
    let (_, printed, _) = check(&flags, &[]);
    let (code, again, said) = check(&["--config", &file(folder.path(), &printed)], &[]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    let values = |text: &str| text.lines().map(|line| line.split("  #").next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(values(&again), values(&printed));
}

#[test]
fn each_mistake_is_one_sentence_that_says_what_to_do_and_the_exit_code_is_1() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.pem");
    let missing = missing.to_str().unwrap();
    let in_file = |text: &str| check(&["--config", &file(folder.path(), text)], &[]);
    let cases = [
        (check(&[], &[]), "`data` is not set: give --data, set WAYMARK_DATA, or write `data = \"…\"` into the file"),
        (check(&["--config", missing], &[]), "the settings file"),
        (
            in_file("data = \"d\"\n\nlistn = \"127.0.0.1:1\""),
            "line 3: there is no setting `listn`; did you mean `listen`?",
        ),
        (
            in_file("data = \"d\"\nheader_timeout = \"soon\""),
            "line 2: a length of time is written like \"10s\" or \"5m\"",
        ),
        (in_file("data = \"d\"\nlisten = here"), "line 2: this is not TOML"),
        (
            in_file("data = \"d\"\nlisten = \"0.0.0.0:1\""),
            "set `tls_certificate` and `tls_key`; or `plain_http = true`",
        ),
        (
            in_file("data = \"d\"\nlisten = \"0.0.0.0:1\"\nplain_http = true"),
            "`names` is not set: write the host names under which phones reach this server",
        ),
        (in_file("data = \"d\"\nnames = [\"https://a\"]"), "line 2: a name is a host"),
        (in_file("data = \"d\"\ntls_key = \"k.pem\""), "`tls_key` is set without `tls_certificate`"),
        (in_file("data = \"d\"\nheader_size = \"9MB\""), "`header_size` must be from"),
        (
            check(&["--data", "d", "--tls-certificate", missing, "--tls-key", missing], &[]),
            "missing.pem cannot be read",
        ),
    ];
    for ((code, _, said), expected) in cases {
        assert_eq!(code, Some(1), "{said}");
        assert!(said.starts_with("waymark-server: ") && said.contains(expected), "{expected} is not in {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    let (code, _, said) = check(&["--data", "d", "--rate-per-token", "often"], &[]);
    assert!(code == Some(2) && said.contains("a rate is written like"), "{said}");
}

#[test]
fn a_server_that_would_speak_plainly_beyond_this_machine_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let (code, printed, said) = run(&["serve", "--data", data.to_str().unwrap(), "--listen", "0.0.0.0:0"], &[]);
    assert_eq!((code, printed.as_str()), (Some(1), ""));
    assert!(said.contains("reaches beyond this machine") && !data.exists(), "{said}");
}

#[test]
fn a_token_is_made_with_the_servers_settings_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let path = file(folder.path(), &format!("data = {:?}", data.to_str().unwrap()));
    let (code, printed, _) = run(&["token", "--config", &path, "--role", "admin"], &[]);
    assert_eq!((code, printed.trim().len()), (Some(0), 64));
    assert!(data.join("waymark.db").exists());
}

#[test]
fn a_command_needs_of_the_settings_only_where_things_are() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("waymark.toml");
    // With what else the service has in its own environment this serves.
    let text = format!("data = {:?}\nlisten = \"0.0.0.0:443\"\n", folder.path().join("data"));
    std::fs::write(&file, text).unwrap();
    let config = file.to_str().unwrap();
    assert_eq!(run(&["token", "--config", config, "--role", "admin"], &[]).0, Some(0));
    let (code, listed, said) = run(&["token", "list", "--config", config], &[]);
    assert_eq!((code, listed.lines().count()), (Some(0), 1), "{said}");
}
