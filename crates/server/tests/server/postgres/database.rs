//! What a database may be, and what is left of what was erased.

use memchr::memmem;

use super::{Data, Running};
use crate::support::{Binary, Phone};

fn refused(data: &Data) -> String {
    let serving = data.command("serve").args(["--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(serving.status.code(), Some(1));
    assert!(serving.stdout.is_empty());
    let token = data.command("token").args(["--role", "admin"]).output().unwrap();
    assert_eq!((token.status.code(), &token.stderr), (Some(1), &serving.stderr));
    String::from_utf8(serving.stderr).unwrap()
}

#[test]
fn a_database_of_a_newer_server_is_refused_untouched() {
    let data = Data::new();
    data.token(&["--role", "admin"]);
    data.execute("UPDATE waymark_schema SET version = 999");
    let message = refused(&data);
    assert!(message.contains("newer"), "{message}");
    let tokens = data.number("SELECT count(*) FROM token");
    assert_eq!((data.number("SELECT version FROM waymark_schema"), tokens), (999, 1));
}

#[test]
fn a_command_line_leaves_an_older_database_as_it_is_and_makes_none_to_read_it() {
    let data = Data::new();
    let told = |arguments: &[&str]| {
        let output = data.try_token_command(arguments);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    for arguments in [&["list"][..], &["revoke", "1"]] {
        assert!(told(arguments).contains("nothing in the database"), "{arguments:?}");
    }
    assert_eq!(data.number("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), 0);
    data.token(&["--role", "admin"]);
    data.execute("UPDATE waymark_schema SET version = 1");
    for arguments in [&["list"][..], &["revoke", "1"], &["--role", "admin"]] {
        assert!(told(arguments).contains("start this server"), "{arguments:?}");
    }
    assert_eq!(data.number("SELECT version FROM waymark_schema"), 1);
}

#[test]
fn a_database_that_takes_no_writes_is_not_ready() {
    let data = Data::new();
    let server = Binary::serve(&data);
    assert_eq!(server.http.get("/readyz", "").status, 200);
    data.execute(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$",
    );
    // Sessions that are open have what held when they began.
    data.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    assert_eq!(server.http.get("/readyz", "").status, 503);
}

#[test]
fn a_database_without_its_key_of_challenges_is_refused() {
    let data = Data::new();
    data.token(&["--role", "admin"]);
    data.execute("UPDATE meta SET value = '\\x00' WHERE name = 'challenge_key'");
    let output = data.command("serve").args(["--listen", "127.0.0.1:0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("damaged"), "{told}");
}

#[test]
fn another_programs_database_is_refused_untouched() {
    let data = Data::new();
    data.execute("CREATE TABLE record (id INT)");
    let message = refused(&data);
    assert!(message.contains("another program's tables"), "{message}");
    assert_eq!(data.number("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), 1);
}

#[test]
fn an_address_that_cannot_be_used_is_refused_and_its_password_is_not_shown() {
    let data = Data::new();
    for (url, code) in [
        ("postgresql://waymark:s3cret@127.0.0.1:1/waymark", 1),
        ("postgresql://waymark:s3cret@db.invalid/waymark", 1),
        ("mysql://waymark:s3cret@127.0.0.1/waymark", 2),
        ("postgresql://waymark:s3cret@127.0.0.1:port/waymark", 2),
    ] {
        for how in ["environment", "argument"] {
            let mut command = data.command("token");
            command.args(["--role", "admin"]);
            match how {
                "environment" => command.env("WAYMARK_DATABASE_URL", url),
                _ => command.env_remove("WAYMARK_DATABASE_URL").args(["--database-url", url]),
            };
            let output = command.output().unwrap();
            assert_eq!(output.status.code(), Some(code), "{how} {url}");
            let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            assert!(!told.is_empty());
            assert!(!told.contains("s3cret"), "{how}");
        }
    }
}

#[test]
fn several_servers_that_start_at_once_make_the_tables_once() {
    let data = Data::new();
    let serving: Vec<Binary> = std::thread::scope(|scope| {
        let starting: Vec<_> = (0..4).map(|_| scope.spawn(|| Binary::serve(&data))).collect();
        starting.into_iter().map(|starting| starting.join().unwrap()).collect()
    });
    assert!(serving.iter().all(|server| server.http.get("/readyz", "").status == 200));
    assert_eq!(data.number("SELECT count(*) FROM meta"), 2);
}

#[test]
fn erased_bytes_are_in_the_files_until_the_sweep_and_then_nowhere() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let (record, _) = phone.write("to be gone");
    let (stays, _) = phone.write("to stay");
    phone.sync();
    let (gone, kept) = (record.body()[100..140].to_vec(), stays.body()[100..140].to_vec());
    phone.erase(Some(record.as_target()));
    phone.sync();
    let holds = |bytes: &[u8]| memmem::find(&server.data.all_bytes(), bytes).is_some();
    assert!(holds(&gone), "else this test would not see what the sweep does");
    server.data.sweep();
    assert!(!holds(&gone));
    assert!(holds(&kept));
    assert_eq!(desk.pull(0).len(), 6, "four records, two checkpoints");
}

#[test]
fn erased_bytes_are_not_in_the_statistics_either() {
    let (server, desk) = Running::with_desk();
    let mut phone = Phone::join(&desk);
    let records: Vec<_> = (0..5).map(|at| phone.write(&format!("to be gone {at}")).0).collect();
    phone.sync();
    // Analyzes the table, as the server of the database does by itself now and then.
    server.data.sweep();
    let sampled = "SELECT count(*) FROM pg_stats WHERE tablename = 'record' AND attname IN ('slots', 'body')";
    assert_eq!(server.data.number(sampled), 0);
    for record in &records {
        phone.erase(Some(record.as_target()));
    }
    phone.sync();
    server.data.sweep();
    let bytes = server.data.all_bytes();
    assert!(records.iter().all(|record| memmem::find(&bytes, &record.slots_bytes()[60..100]).is_none()));
}
