#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace wayside {

// While it lives this process is a user without rights, whom file modes keep out as they do not
// keep out root.
class AsNobody {
 public:
  // All below the folder may be read, but for what nobody at all may.
  explicit AsNobody(const std::filesystem::path& folder) {
    open(folder);
    using Entries = std::filesystem::recursive_directory_iterator;
    for (Entries entry(folder), end; entry != end; ++entry) open(entry->path());
    EXPECT_TRUE(!root_ || ::setresuid(65'534, 65'534, 0) == 0);
  }
  ~AsNobody() { EXPECT_TRUE(!root_ || ::setresuid(0, 0, 0) == 0); }
  AsNobody(const AsNobody&) = delete;
  AsNobody& operator=(const AsNobody&) = delete;

 private:
  static void open(const std::filesystem::path& path) {
    using std::filesystem::perms;
    if (std::filesystem::status(path).permissions() == perms::none) return;
    constexpr perms kRead =
        perms::group_exec | perms::group_read | perms::others_exec | perms::others_read;
    std::filesystem::permissions(path, kRead, std::filesystem::perm_options::add);
  }

  bool root_ = ::geteuid() == 0;
};

}  // namespace wayside
