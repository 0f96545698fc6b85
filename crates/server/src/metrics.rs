//! What the server counts, for Prometheus: numbers of things and how long they took. No label holds an id, an address or
//! anything that came in: routes are the server's own, and what is not one of them is `none` or `other`.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric, prometheus_text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::Arc;
use waymark_protocol::api::ApiErrorCode;

use crate::listen::{NoPlace, WhyCut};
use crate::rates::Limit;

/// Seconds: from a state that is read to the longest wait of a feed and a part over a slow line.
const SECONDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0, 60.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Call {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Version {
    version: &'static str,
}

/// All counts of one server.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    calls: Family<Call, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    refusals: Family<Reason, Counter>,
    too_often: Family<Reason, Counter>,
    records: Counter,
    record_bytes: Counter,
    part_bytes: Counter,
    pushing: Gauge,
    push_seconds: Histogram,
    waiting: Gauge,
    connections: Gauge,
    turned_away: Family<Reason, Counter>,
    cut: Family<Reason, Counter>,
}

impl Metrics {
    /// All at nothing.
    pub fn new() -> Arc<Self> {
        let seconds = || Histogram::new(SECONDS);
        let mut metrics = Self {
            registry: Registry::with_prefix("waymark"),
            calls: Family::default(),
            seconds: Family::new_with_constructor(seconds),
            refusals: Family::default(),
            too_often: Family::default(),
            records: Counter::default(),
            record_bytes: Counter::default(),
            part_bytes: Counter::default(),
            pushing: Gauge::default(),
            push_seconds: seconds(),
            waiting: Gauge::default(),
            connections: Gauge::default(),
            turned_away: Family::default(),
            cut: Family::default(),
        };
        metrics.register();
        Arc::new(metrics)
    }

    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("calls", "Calls that were answered", self.calls.clone());
        let about = "How long calls took, from their head to the reply's";
        registry.register_with_unit("call", about, Unit::Seconds, self.seconds.clone());
        registry.register("refusals", "Calls that were refused, by the error's code", self.refusals.clone());
        registry.register("too_often", "Calls that must wait, by the limit that they met", self.too_often.clone());
        registry.register("records", "Records in pushes that were receipted, repeated ones too", self.records.clone());
        let about = "Size of pushes that were receipted";
        registry.register_with_unit("records_received", about, Unit::Bytes, self.record_bytes.clone());
        let about = "Size of parts of attachments that were taken";
        registry.register_with_unit("parts_received", about, Unit::Bytes, self.part_bytes.clone());
        registry.register("pushes_in_store", "Pushes that wait for the store to have them", self.pushing.clone());
        let about = "How long the store took to have a push, commit included";
        registry.register_with_unit("push_store", about, Unit::Seconds, self.push_seconds.clone());
        registry.register("long_polls", "Desks that wait for records", self.waiting.clone());
        registry.register("connections", "Open connections", self.connections.clone());
        let about = "Connections that were closed as they came, by what was used up";
        registry.register("connections_turned_away", about, self.turned_away.clone());
        let about = "Connections that were cut, by what the client was too slow with";
        registry.register("connections_cut", about, self.cut.clone());
        let build = Family::<Version, Gauge>::default();
        build.get_or_create(&Version { version: env!("CARGO_PKG_VERSION") }).set(1);
        registry.register("build_info", "The server's version", build);
        registry.register_collector(Box::new(Process { started: SystemTime::now() }));
    }

    /// A call was answered.
    pub fn answered(
        &self,
        method: &'static str,
        route: &str,
        status: u16,
        took: Duration,
        refusal: Option<ApiErrorCode>,
    ) {
        self.calls.get_or_create(&Call { method, route: route.to_owned(), status }).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(took.as_secs_f64());
        if let Some(code) = refusal {
            self.refusals.get_or_create(&Reason { reason: code.to_string() }).inc();
        }
    }

    /// A call must wait.
    pub fn too_often(&self, limit: Limit) {
        let reason = match limit {
            Limit::Token => "token",
            Limit::WithoutToken => "without-token",
            Limit::WrongTokens => "wrong-tokens",
            Limit::Replies => "replies",
            Limit::Bodies => "bodies",
        };
        self.too_often.get_or_create(&Reason { reason: reason.to_owned() }).inc();
    }

    /// A push is on its way to the store.
    pub fn pushing(&self) -> (Raised, std::time::Instant) {
        (Raised::new(&self.pushing), std::time::Instant::now())
    }

    /// The store has a push.
    pub fn pushed(&self, records: usize, bytes: usize, since: std::time::Instant) {
        self.push_seconds.observe(since.elapsed().as_secs_f64());
        self.records.inc_by(records as u64);
        self.record_bytes.inc_by(bytes as u64);
    }

    /// A part was taken.
    pub fn part_taken(&self, bytes: usize) {
        self.part_bytes.inc_by(bytes as u64);
    }

    /// A desk waits until this is dropped.
    pub fn waiting(&self) -> Raised {
        Raised::new(&self.waiting)
    }

    /// A connection is open until this is dropped.
    pub fn connected(&self) -> Raised {
        Raised::new(&self.connections)
    }

    /// A connection found no place.
    pub fn turned_away(&self, why: NoPlace) {
        let reason = match why {
            NoPlace::Full => "all",
            NoPlace::Address => "address",
        };
        self.turned_away.get_or_create(&Reason { reason: reason.to_owned() }).inc();
    }

    /// A connection was cut.
    pub fn cut(&self, why: WhyCut) {
        let reason = match why {
            WhyCut::Handshake => "handshake",
            WhyCut::Head => "head",
            WhyCut::Idle => "idle",
            WhyCut::Reply => "reply",
        };
        self.cut.get_or_create(&Reason { reason: reason.to_owned() }).inc();
    }

    /// A call's body did not come in time.
    pub fn slow_body(&self) {
        self.cut.get_or_create(&Reason { reason: "body".to_owned() }).inc();
    }

    fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = prometheus_text::encode(&mut text, &self.registry);
        text
    }
}

/// A method's name, when it is one that calls have: others are whatever a caller likes to write.
pub fn method_name(method: &Method) -> &'static str {
    const KNOWN: [&str; 5] = ["GET", "HEAD", "POST", "PUT", "DELETE"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or("other")
}

/// `GET /metrics`, for a listener of its own.
pub fn router(metrics: Arc<Metrics>) -> Router {
    let page = async move || ([(CONTENT_TYPE, prometheus_text::CONTENT_TYPE)], metrics.text());
    Router::new().route("/metrics", get(page))
}

/// A gauge that is one higher for as long as this lives.
pub struct Raised(Gauge);

impl Raised {
    fn new(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Raised {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// What the operating system says of this process, where it has `/proc`.
#[derive(Debug)]
struct Process {
    started: SystemTime,
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), std::fmt::Error> {
        let started = self.started.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let gauges = [
            ("process_start_time", "When the server started, since 1970", Unit::Seconds, Some(started)),
            ("process_resident_memory", "Memory in use", Unit::Bytes, resident_bytes()),
            ("process_open", "Open files and connections", Unit::Other("fds".to_owned()), open_files()),
        ];
        for (name, about, unit, value) in gauges {
            if let Some(value) = value {
                let gauge = ConstGauge::new(value);
                gauge.encode(encoder.encode_descriptor(name, about, Some(&unit), gauge.metric_type())?)?;
            }
        }
        Ok(())
    }
}

fn resident_bytes() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kib =
        status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kib.map(|kib| kib * 1024.0)
}

fn open_files() -> Option<f64> {
    let count = std::fs::read_dir("/proc/self/fd").ok()?.count();
    u32::try_from(count).ok().map(f64::from)
}
