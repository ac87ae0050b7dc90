// Lines of Docker's json-file: nothing is written past the room that was promised, and a log cut
// into blocks anywhere says what it says in one piece.
#include "collectors/access_log/source/docker_line.h"
#include "tests/fuzz/wrapped_fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  wayside::fuzz_unwrap(wayside::unwrap_docker, wayside::Wrapper::docker,
                       {reinterpret_cast<const char*>(data), size});
  return 0;
}
