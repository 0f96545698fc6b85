//! What the kernel knows of a process.

use crate::Result;

/// The kernel's clock tick in `/proc`, always a hundredth of a second for programs.
const TICKS: f64 = 100.0;

/// Memory in bytes.
pub struct Memory {
    /// What is resident now.
    pub resident: u64,
    /// The most that was resident since [`reset_peak`].
    pub peak: u64,
}

/// How long a process has had a processor, in seconds.
pub fn cpu_seconds(id: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    // The second field, the program's name, may hold anything but ends in the last bracket.
    let (_, fields) = stat.rsplit_once(')').ok_or("/proc has changed")?;
    let ticks = |at: usize| fields.split_whitespace().nth(at).and_then(|field| field.parse::<f64>().ok());
    let (user, system) = ticks(11).zip(ticks(12)).ok_or("/proc has changed")?;
    Ok((user + system) / TICKS)
}

/// How much memory a process has.
pub fn memory(id: u32) -> Result<Memory> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
        kilobytes.map(|kilobytes| kilobytes * 1024).ok_or("/proc has changed")
    };
    Ok(Memory { resident: field("VmRSS:")?, peak: field("VmHWM:")? })
}

/// Lets the peak begin at what is resident now.
pub fn reset_peak(id: u32) -> Result<()> {
    Ok(std::fs::write(format!("/proc/{id}/clear_refs"), "5")?)
}
