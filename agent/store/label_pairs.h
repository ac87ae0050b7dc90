#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "agent/core/sample.h"

namespace wayside {

// The label pairs of one family's series, rendered when a visit first asks for them: who never
// scrapes protobuf has no memory in them. By chunks, as the store's tables are. Thread-safe;
// visits wait for each other here, never for a writer.
class LabelPairs {
 public:
  struct Chunk;

  // Sets the label pairs of the views, which are the chunk's first ones with their labels. They
  // live as long as what is returned.
  std::shared_ptr<const Chunk> describe(std::size_t chunk, std::span<SampleView> views);

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<const Chunk>> chunks_;
};

}  // namespace wayside
