//! A PostgreSQL for the tests and the benchmarks: started in a folder of its own, stopped and removed whatever happens.
//!
//! A shell beside this program starts the server and then waits for its input to end, which it does when this program ends, in
//! whatever way; then it stops the server and removes the folder. PostgreSQL does not run as root: from root the shell is the
//! user's that Debian's package makes.

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::Failure;
use crate::log;

/// Where a test finds the database server that all tests share.
const SHARED: &str = "WAYMARK_TEST_POSTGRES";
/// Where a test finds one that it may restart, and the command that does it.
const SPARE: &str = "WAYMARK_TEST_POSTGRES_SPARE";
const RESTART: &str = "WAYMARK_TEST_POSTGRES_RESTART";
/// Where a test reaches the shared one as on another machine: by TLS, with a password and no more rights than it needs; and the
/// certificate that vouches for it.
const BY_TLS: &str = "WAYMARK_TEST_POSTGRES_BY_TLS";
const CERTIFICATE: &str = "WAYMARK_TEST_POSTGRES_CERTIFICATE";

/// Where the benchmarks find a server of their own, and PostgreSQL's own benchmark.
const BENCH: &str = "WAYMARK_BENCH_POSTGRES";
const PGBENCH: &str = "WAYMARK_BENCH_PGBENCH";

/// Parts of the write-ahead log are removed rather than kept for later, as the tests of erasure need it and the runbook asks for it.
const FOR_TESTS: &str = "shared_buffers = 64MB\nmin_wal_size = 32MB\nwal_recycle = off";
/// As on a small machine of its own; erasure as the runbook asks for it.
const FOR_NUMBERS: &str = "shared_buffers = 512MB\nmax_wal_size = 4GB\nwal_recycle = off";

/// Its arguments are the folder of PostgreSQL's programs, a free port, a password and settings. Says `ready FOLDER` when the server
/// answers.
///
/// Through the socket, which lies in a folder of its user's alone, everyone is let in; by the port only the one who has the
/// password, and only with TLS.
///
/// Durability is what tests and benchmarks are about, so fsync stays on.
const SCRIPT: &str = r#"
trap '' INT HUP TERM
umask 077
folder=$(mktemp -d /var/tmp/waymark-postgres.XXXXXX) || exit 1
trap '"$1/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null 2>&1; rm -rf "$folder"' EXIT
"$1/initdb" -N -D "$folder/data" -U waymark --auth=trust --encoding=UTF8 --locale=C >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -addext basicConstraints=critical,CA:FALSE -keyout "$folder/data/server.key" -out "$folder/data/server.crt" >"$folder/log" 2>&1 ||
    { cat "$folder/log" >&2; exit 1; }
cat >"$folder/data/pg_hba.conf" <<END
local all all trust
hostssl all distant localhost scram-sha-256
END
cat >>"$folder/data/postgresql.conf" <<END
listen_addresses = 'localhost'
port = $2
ssl = on
unix_socket_directories = '$folder'
max_connections = 300
$4
END
"$1/pg_ctl" -D "$folder/data" -l "$folder/log" -w start >/dev/null 2>&1 || { cat "$folder/log" >&2; exit 1; }
echo "CREATE ROLE distant LOGIN PASSWORD '$3'" | "$1/psql" -q -h "$folder" -p "$2" -U waymark postgres >&2 || exit 1
echo "ready $folder"
read -r _
"#;

/// A running server.
pub struct Postgres {
    keeper: Child,
    programs: PathBuf,
    folder: String,
    port: u16,
    password: String,
}

impl Postgres {
    /// Starts one; it answers when this returns.
    fn start(settings: &str) -> Result<Self, Failure> {
        let programs = programs().ok_or_else(|| {
            Failure::because(
                "PostgreSQL's `initdb` is not there; install Debian's package `postgresql`, or its programs on PATH.",
            )
        })?;
        let (port, password) = (free_port()?, password()?);
        let mut command = as_its_user("sh");
        command.args(["-c", SCRIPT, "postgres"]).arg(&programs).args([&port.to_string(), &password, settings]);
        // A Ctrl-C at the terminal is this program's alone: the shell ends after it.
        command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).current_dir("/");
        let mut keeper = command.spawn().map_err(|error| Failure::system("PostgreSQL does not start", error))?;
        let mut line = String::new();
        let mut output = BufReader::new(keeper.stdout.take().expect("the output was asked for"));
        // What cannot be read is empty, and told below.
        let _ = output.read_line(&mut line);
        let Some(folder) = line.trim().strip_prefix("ready ") else {
            let _ = keeper.wait();
            return Err(Failure::because("PostgreSQL does not start; what it says is above."));
        };
        Ok(Self { keeper, programs, folder: folder.to_owned(), port, password })
    }

    fn url(&self) -> OsString {
        format!("postgresql://waymark@{}:{}/postgres", self.folder.replace('/', "%2F"), self.port).into()
    }

    fn by_tls(&self) -> OsString {
        format!("postgresql://distant:{}@localhost:{}/postgres?sslmode=require", self.password, self.port).into()
    }

    fn certificate(&self) -> OsString {
        format!("{}/data/server.crt", self.folder).into()
    }

    /// A line for `sh` that kills the server and starts it again.
    fn restart(&self) -> OsString {
        let user = if is_root() { "runuser -u postgres -- " } else { "" };
        let (programs, folder) = (self.programs.display(), &self.folder);
        format!("cd / && {user}{programs}/pg_ctl -D {folder}/data -l {folder}/log -m immediate -w restart").into()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // The end of its input is what it waits for.
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

/// The servers that the tests need.
pub struct ForTests {
    shared: Postgres,
    spare: Postgres,
}

impl ForTests {
    /// Starts them.
    pub fn start() -> Result<Self, Failure> {
        Ok(Self { shared: Postgres::start(FOR_TESTS)?, spare: Postgres::start(FOR_TESTS)? })
    }

    /// Tells a program of tests where they are.
    pub fn tell(&self, command: &mut Command) {
        command.env(SHARED, self.shared.url()).env(SPARE, self.spare.url()).env(RESTART, self.spare.restart());
        command.env(BY_TLS, self.shared.by_tls()).env(CERTIFICATE, self.shared.certificate());
    }
}

/// The server that the benchmarks need.
pub struct ForBench(Postgres);

impl ForBench {
    /// Starts it.
    pub fn start() -> Result<Self, Failure> {
        Postgres::start(FOR_NUMBERS).map(Self)
    }

    /// Tells the benchmarks where it is.
    pub fn tell(&self, command: &mut Command) {
        command.env(BENCH, self.0.url()).env(PGBENCH, self.0.programs.join("pgbench"));
    }
}

/// Runs a command that finds the servers as the tests do.
pub fn run(program: &str, arguments: &[&str]) -> Result<(), Failure> {
    let servers = ForTests::start()?;
    let mut command = Command::new(program);
    command.args(arguments);
    log::forget_this_package(&mut command);
    servers.tell(&mut command);
    let status = command.status().map_err(|error| Failure::system(format!("{program} does not start"), error))?;
    std::io::stdout().flush().map_err(|error| Failure::system("the terminal", error))?;
    if status.success() { Ok(()) } else { Err(Failure::Told) }
}

fn as_its_user(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--", program]);
    command
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, Failure> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0");
    let address = listener.and_then(|listener| listener.local_addr());
    Ok(address.map_err(|error| Failure::system("no port is free", error))?.port())
}

/// 128 random bits in hex.
fn password() -> Result<String, Failure> {
    let mut bytes = [0; 16];
    let read = std::fs::File::open("/dev/urandom").and_then(|mut random| random.read_exact(&mut bytes));
    read.map_err(|error| Failure::system("no random bytes", error))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// The folder of PostgreSQL's programs: Debian's newest, which is not on the path, or one that is.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| has_programs(folder))
        .max();
    let on_path = || std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| has_programs(folder));
    newest.map(|(_, folder)| folder).or_else(on_path)
}

fn has_programs(folder: &Path) -> bool {
    ["initdb", "pg_ctl", "postgres", "psql"].iter().all(|program| folder.join(program).is_file())
}
