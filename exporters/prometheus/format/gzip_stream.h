#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace wayside {

// Compresses a page while it is written, as one gzip member (RFC 1952), with a few hundred
// kilobytes of memory whatever the page's size. Fast before small: the lowest level. One thread,
// one page.
class GzipStream {
 public:
  // Gets the compressed bytes in pieces; false: no more are wanted.
  using PieceSink = std::function<bool(std::string_view piece)>;
  explicit GzipStream(PieceSink sink);
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  // False: the sink wants no more, or there was no memory.
  bool write(std::string_view bytes);
  // The rest and the trailer. To be called once, last.
  bool finish();

 private:
  struct State;
  bool run(std::string_view bytes, int flush);

  PieceSink sink_;
  std::unique_ptr<State> state_;
};

}  // namespace wayside
