#include "agent/requests/known_routes.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

TEST(KnownRoutes, ARouteIsKnownToItsServiceAlone) {
  KnownRoutes known;
  known.prove("shop", "/a/:id");
  known.prove("shop", "/a/:id");
  EXPECT_EQ(known.of("shop"), std::vector<std::string>{"/a/:id"});
  EXPECT_TRUE(known.of("other").empty());
}

TEST(KnownRoutes, MemoryIsBoundedWhateverIsProven) {
  KnownRoutes known;
  for (std::size_t i = 0; i < KnownRoutes::kMaxPerService + 10; ++i) {
    known.prove("shop", "/" + std::to_string(i));
  }
  EXPECT_EQ(known.of("shop").size(), KnownRoutes::kMaxPerService);
}

}  // namespace
}  // namespace wayside
