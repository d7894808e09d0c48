#![no_main]

#[path = "../targets.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::hive(bytes));

// Half of the hives begin as they should: without it nearly all would be refused for their first 512 bytes.
libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let size = libfuzzer_sys::fuzzer_mutate(data, size, max_size);
    if seed % 2 == 0 {
        targets::mend_hive(&mut data[..size]);
    }
    size
});
