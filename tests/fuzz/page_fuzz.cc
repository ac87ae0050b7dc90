// Bytes cut into names, help texts, units and label values: each format's page has no fault that
// a reader would fail on, and what is good is on it.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "tests/exporters/prometheus/any_bytes.h"
#include "tests/exporters/prometheus/page_faults.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wayside;
  const AnyBytes some({reinterpret_cast<const char*>(data), size});
  if (!text_fault(some.page(MetricsFormat::text)).empty()) std::abort();
  if (!openmetrics_fault(some.page(MetricsFormat::openmetrics)).empty()) std::abort();
  if (!protobuf_fault(some.page(MetricsFormat::protobuf)).empty()) std::abort();
  return 0;
}
