#include "exporters/prometheus/http/file_stamps.h"

#include <sys/stat.h>

namespace wayside {
namespace {

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

FileStamps::FileStamps(const std::vector<std::filesystem::path>& files) {
  for (const std::filesystem::path& file : files) {
    struct stat about = {};
    Stamp stamp;
    if (::stat(file.c_str(), &about) == 0) {
      stamp = {about.st_dev, about.st_ino, about.st_size, nanoseconds(about.st_mtim),
               nanoseconds(about.st_ctim)};
    }
    stamps_.push_back(stamp);
  }
}

}  // namespace wayside
