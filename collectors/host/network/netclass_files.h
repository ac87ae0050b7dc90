#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/core/time.h"
#include "collectors/host/network/netclass.h"

namespace wayside {

// The folders of all network devices, read again and again. A device has 22 files, and opening them
// costs as much as all other parts of the host together: its state (operstate, carrier and how
// often that changed, flags) is read each time, the rest where that changed and once a minute. One
// thread at a time.
class NetClassFiles {
 public:
  static constexpr std::chrono::seconds kRest{60};

  explicit NetClassFiles(const std::filesystem::path& folder) : folder_(folder.string()) {}

  [[nodiscard]] const std::string& folder() const { return folder_; }
  // The devices by name. Gives 0, or the errno of a folder that cannot be read.
  int read(SteadyTime now, std::vector<NetClassDevice>& devices);

 private:
  struct Known {
    std::uint64_t inode = 0;  // of its entry: another device of the name has another
    SteadyTime due{};         // for all its files
    NetClassDevice device;
  };
  // What was known of the device at this entry.
  Known take_known(const std::string& name, std::uint64_t inode);
  void refresh(int folder, Known& known, SteadyTime now);
  bool read_state(int folder, NetClassDevice& device);  // whether it changed
  void read_rest(int folder, NetClassDevice& device);
  void read_number(int folder, NetClassDevice& device, std::size_t file);
  std::string text(int folder, const char* file);

  std::string folder_;
  std::map<std::string, Known> known_;
  std::string buffer_;
};

}  // namespace wayside
