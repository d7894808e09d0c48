/* Wine 8 lacks bcryptprimitives.dll, which Rust's standard library imports. For the tests only, never in a release. */
#include <windows.h>
#include <ntsecapi.h>

BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) {
    return RtlGenRandom(buffer, (ULONG)length);
}
