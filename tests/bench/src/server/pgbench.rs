//! PostgreSQL's own benchmark as the peer: as many clients as there are devices, each inserting one record after the other into the
//! server's own table.

use std::process::Command;

use super::engine::Data;
use crate::Result;

/// Where `cargo xtask bench` says that the program is.
const PGBENCH: &str = "WAYMARK_BENCH_PGBENCH";
const SECONDS: &str = "4";

/// The checkpoint, which the server keeps in a table of its own, is left out.
const INSERT: &str = "\
\\set device random(1, 9000000000000000000)
INSERT INTO record (study, device, seq, participant, kind, link, slots_hash, body_hash, server_seq, received_at, header, slots, body)
VALUES (decode(repeat('01', 16), 'hex'), decode(lpad(to_hex(:device::bigint), 32, '0'), 'hex'), 1, decode(repeat('02', 16), 'hex'), 1,
        decode(repeat('03', 32), 'hex'), decode(repeat('04', 32), 'hex'), decode(repeat('05', 32), 'hex'), nextval('peer_seq'), 0,
        decode(repeat('06', 150), 'hex'), decode(repeat('07', 90), 'hex'), decode(:body::text, 'hex'));
";

/// Records in a second.
pub async fn inserts_per_second(data: &Data, clients: usize) -> Result<f64> {
    let peer = data.peer().await?;
    // Makes the tables.
    peer.admin_token()?;
    let url = peer.database().ok_or("the peer has a database")?;
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    let driving = tokio::spawn(connection);
    client.batch_execute("CREATE SEQUENCE peer_seq CACHE 100").await?;
    driving.abort();
    let script = tempfile::NamedTempFile::new()?;
    std::fs::write(script.path(), INSERT)?;
    let program = std::env::var_os(PGBENCH).ok_or("pgbench is not there: run `cargo xtask bench server`")?;
    let output = Command::new(program)
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2", "--time", SECONDS])
        .args(["--client", &clients.to_string(), "--define", &format!("body={}", "08".repeat(2064))])
        .arg("--file")
        .arg(script.path())
        .arg(url)
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let rate = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split_whitespace().next()?.parse().ok());
    rate.ok_or_else(|| format!("pgbench did not succeed: {}", String::from_utf8_lossy(&output.stderr)).into())
}
