//! Links the program so that its table of addresses to adjust at start is packed: 3.5 MiB of 64, where the system's own
//! loader (glibc 2.36 and newer) can read that. An older linker says that it passes over the option.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let of = |name: &str| std::env::var(name).unwrap_or_default();
    if of("CARGO_CFG_TARGET_OS") == "linux" && of("CARGO_CFG_TARGET_ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bin=assay=-Wl,-z,pack-relative-relocs");
    }
}
