#include "collectors/access_log/source/file_system.h"

#include <sys/vfs.h>

#include <algorithm>
#include <array>

namespace wayside {
namespace {

struct Silent {
  std::uint64_t magic;
  std::string_view name;
};

constexpr std::array kSilent = {
    Silent{0x6969, "NFS"},        Silent{0x517b, "SMB"},          Silent{0xff534d42, "CIFS"},
    Silent{0xfe534d42, "SMB2"},   Silent{0x65735546, "FUSE"},     Silent{0x794c7630, "overlayfs"},
    Silent{0x01021997, "9p"},     Silent{0x00c36400, "Ceph"},     Silent{0x5346414f, "AFS"},
    Silent{0x6b414653, "AFS"},    Silent{0x73757245, "Coda"},     Silent{0x564c, "NCP"},
    Silent{0x01161970, "GFS2"},   Silent{0x7461636f, "OCFS2"},    Silent{0x0bd00bd0, "Lustre"},
    Silent{0x786f4256, "vboxsf"}, Silent{0xbacbacbc, "VMware's"}, Silent{0x47504653, "GPFS"},
};

}  // namespace

std::string_view silent_file_system(std::uint64_t magic) {
  const auto* const found = std::find_if(kSilent.begin(), kSilent.end(),
                                         [&](const Silent& one) { return one.magic == magic; });
  return found == kSilent.end() ? std::string_view{} : found->name;
}

std::string_view silent_file_system_of(int descriptor) {
  struct statfs status {};
  if (::fstatfs(descriptor, &status) != 0) return {};
  // The type is signed and of another width on some machines; magic numbers have 32 bits.
  return silent_file_system(static_cast<std::uint32_t>(status.f_type));
}

}  // namespace wayside
