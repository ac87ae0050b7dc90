#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "agent/core/sample.h"

namespace wayside {

// What protobuf has of one family's series that never changes, rendered when a visit first asks
// for it: who never scrapes protobuf has no memory in it. By chunks, as the store's tables are.
// Thread-safe; visits wait for each other here, never for a writer.
class ProtoTexts {
 public:
  struct Chunk;

  explicit ProtoTexts(Kind kind) : kind_(kind) {}

  // Sets the starts and created times of the views, which are the chunk's first ones. They live
  // as long as what is returned.
  std::shared_ptr<const Chunk> describe(std::size_t chunk, std::span<SampleView> views);

 private:
  const Kind kind_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<const Chunk>> chunks_;
};

}  // namespace wayside
