#pragma once

#include <memory>
#include <vector>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"
#include "collectors/access_log/source/feed.h"

namespace wayside {

// All feeds of a thread, waited for together. One thread.
class FeedSet {
 public:
  static Result<FeedSet> create(std::vector<std::unique_ptr<Feed>> feeds);

  // Can be read whenever one of the feeds can be.
  [[nodiscard]] int descriptor() const { return epoll_.get(); }
  void tend();
  // Reads every feed that something has come to. True: call again, there was more. `active` tells
  // whether there was any.
  bool read(bool& active);
  // How long those that were read last may be left alone.
  [[nodiscard]] Micros patience() const { return patience_; }

 private:
  struct Fed {
    std::unique_ptr<Feed> feed;
    FeedDescriptor known{};
    bool always = false;  // a regular file in a feed's place can always be read
  };

  FeedSet(FileDescriptor epoll, std::vector<Fed> feeds)
      : epoll_(std::move(epoll)), feeds_(std::move(feeds)) {}
  void know(std::size_t index);
  bool read_one(std::size_t index);

  FileDescriptor epoll_;
  std::vector<Fed> feeds_;
  Micros patience_{0};
};

}  // namespace wayside
