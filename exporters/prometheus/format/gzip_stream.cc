#include "exporters/prometheus/format/gzip_stream.h"

#include <zlib.h>

#include <array>
#include <utility>

namespace wayside {
namespace {

constexpr int kLevel = 1;
constexpr int kWindowWithGzipHeader = 15 + 16;
constexpr int kMemoryLevel = 8;
constexpr std::size_t kOut = 32UL * 1024;

}  // namespace

struct GzipStream::State {
  State() {
    ready = ::deflateInit2(&stream, kLevel, Z_DEFLATED, kWindowWithGzipHeader, kMemoryLevel,
                           Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~State() {
    if (ready) ::deflateEnd(&stream);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  z_stream stream{};
  bool ready = false;
  std::array<char, kOut> out{};
};

GzipStream::GzipStream(PieceSink sink)
    : sink_(std::move(sink)), state_(std::make_unique<State>()) {}
GzipStream::~GzipStream() = default;

bool GzipStream::write(std::string_view bytes) {
  return bytes.empty() || run(bytes, Z_NO_FLUSH);
}

bool GzipStream::finish() {
  return run({}, Z_FINISH);
}

bool GzipStream::run(std::string_view bytes, int flush) {
  if (!state_->ready) return false;
  z_stream& stream = state_->stream;
  // zlib's interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  do {
    stream.next_out = reinterpret_cast<Bytef*>(state_->out.data());
    stream.avail_out = kOut;
    if (::deflate(&stream, flush) == Z_STREAM_ERROR) return false;
    const std::size_t made = kOut - stream.avail_out;
    if (made > 0 && !sink_({state_->out.data(), made})) return false;
  } while (stream.avail_out == 0);
  return true;
}

}  // namespace wayside
