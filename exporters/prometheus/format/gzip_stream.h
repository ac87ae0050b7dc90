#pragma once

#include <functional>
#include <memory>
#include <string_view>

namespace wayside {

// Compresses a page while it is written, as one gzip member (RFC 1952), with less than 300 KiB of
// memory whatever the page's size, and none allocated while writing. Made for pages of metrics:
// see DeflateMatcher. Other bytes become smaller by what their words repeat. One thread, one page.
class GzipStream {
 public:
  // Gets the compressed bytes in pieces; false: no more are wanted.
  using PieceSink = std::function<bool(std::string_view piece)>;
  explicit GzipStream(PieceSink sink);
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  // False: the sink wants no more. Pieces of about 64 KiB are best; less are gathered first.
  bool write(std::string_view bytes);
  // The rest and the trailer. To be called once, last.
  bool finish();

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace wayside
