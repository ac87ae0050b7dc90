#include "collectors/host/network/netclass_files.h"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <utility>

#include "agent/core/file_descriptor.h"
#include "agent/system/kernel_file.h"

namespace wayside {
namespace {

constexpr std::size_t kMostDevices = 8192;
constexpr std::size_t kMostOfFile = 4096;  // bytes: a page, as all of sysfs

constexpr auto& kFiles = NetClassDevice::kFiles;

constexpr std::size_t file_of(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find(kFiles, name) - kFiles.begin());
}

// Carrier_changes is the sum of the other two counters of the carrier.
constexpr std::array kState = {file_of("carrier"), file_of("carrier_changes"), file_of("flags")};
constexpr std::size_t kIfindex = file_of("ifindex");

struct DirectoryCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

int NetClassFiles::read(SteadyTime now, std::vector<NetClassDevice>& devices) {
  const std::unique_ptr<DIR, DirectoryCloser> folder(::opendir(folder_.c_str()));
  if (!folder) return errno;
  std::map<std::string, Known> met;
  while (const dirent* entry = ::readdir(folder.get())) {
    if (met.size() == kMostDevices) break;
    if (entry->d_name[0] == '.') continue;
    // Beside the devices there may be files, such as bonding_masters.
    const FileDescriptor device(
        ::openat(::dirfd(folder.get()), entry->d_name, O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!device) continue;
    Known known = take_known(entry->d_name, entry->d_ino);
    refresh(device.get(), known, now);
    // Every device has an index: what has none is gone, perhaps half read.
    if (!known.device.numbers[kIfindex]) continue;
    devices.push_back(known.device);
    met.emplace(entry->d_name, std::move(known));
  }
  known_ = std::move(met);
  std::ranges::sort(devices, {}, &NetClassDevice::name);
  return 0;
}

NetClassFiles::Known NetClassFiles::take_known(const std::string& name, std::uint64_t inode) {
  const auto known = known_.find(name);
  if (known != known_.end() && known->second.inode == inode) return std::move(known->second);
  Known fresh;
  fresh.inode = inode;
  fresh.device.name = name;
  return fresh;
}

void NetClassFiles::refresh(int folder, Known& known, SteadyTime now) {
  const bool changed = read_state(folder, known.device);
  if (!changed && now < known.due) return;
  read_rest(folder, known.device);
  known.due = now + kRest;
}

bool NetClassFiles::read_state(int folder, NetClassDevice& device) {
  const auto before = std::exchange(device.operstate, text(folder, "operstate"));
  const auto numbers = device.numbers;
  for (const std::size_t file : kState) read_number(folder, device, file);
  return device.operstate != before || device.numbers != numbers;
}

void NetClassFiles::read_rest(int folder, NetClassDevice& device) {
  device.address = text(folder, "address");
  device.broadcast = text(folder, "broadcast");
  device.duplex = text(folder, "duplex");
  device.ifalias = text(folder, "ifalias");
  for (std::size_t file = 0; file < kFiles.size(); ++file) {
    if (std::ranges::find(kState, file) == kState.end()) read_number(folder, device, file);
  }
}

void NetClassFiles::read_number(int folder, NetClassDevice& device, std::size_t file) {
  const bool there = read_at(folder, kFiles.at(file), buffer_, kMostOfFile) == 0;
  device.numbers.at(file) = there ? parse_netclass_number(buffer_) : std::nullopt;
}

std::string NetClassFiles::text(int folder, const char* file) {
  if (read_at(folder, file, buffer_, kMostOfFile) != 0) return {};
  return std::string(parse_netclass_text(buffer_));
}

}  // namespace wayside
