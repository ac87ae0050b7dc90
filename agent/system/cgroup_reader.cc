#include "agent/system/cgroup_reader.h"

#include <array>
#include <utility>

#include "agent/system/cgroup_versions.h"

namespace wayside {
namespace {

using Folder = std::optional<CgroupFolder>;

Folder folder_of(const std::optional<CgroupPlace>& place) {
  return place ? Folder(*place) : std::nullopt;
}

}  // namespace

struct CgroupReader::Impl {
  explicit Impl(CgroupPlaces found)
      : places(std::move(found)),
        cpu(folder_of(places.cpu)),
        cpuacct(folder_of(places.cpuacct)),
        memory(folder_of(places.memory)),
        pids(folder_of(places.pids)),
        unified(folder_of(places.unified)) {}

  bool read_cpu(CgroupFigures& figures) {
    bool any = false;
    if (cpu) {
      any |= cpu->place().version == 1 ? read_cgroup_v1_cpu(*cpu, figures.cpu)
                                       : read_cgroup_v2_cpu(*cpu, figures.cpu);
    }
    // Version 2 has no such controller: its cpu tells usage.
    if (cpuacct && cpuacct->place().version == 1) {
      any |= read_cgroup_v1_cpuacct(*cpuacct, figures.cpu);
    }
    return any;
  }

  bool read_memory(CgroupFigures& figures) {
    if (!memory) return false;
    return memory->place().version == 1 ? read_cgroup_v1_memory(*memory, figures.memory)
                                        : read_cgroup_v2_memory(*memory, figures.memory);
  }

  std::array<Folder*, 5> folders() { return {&cpu, &cpuacct, &memory, &pids, &unified}; }

  CgroupPlaces places;
  Folder cpu, cpuacct, memory, pids, unified;
};

CgroupReader::CgroupReader(CgroupPlaces places)
    : impl_(std::make_unique<Impl>(std::move(places))) {}
CgroupReader::CgroupReader(CgroupReader&&) noexcept = default;
CgroupReader& CgroupReader::operator=(CgroupReader&&) noexcept = default;
CgroupReader::~CgroupReader() = default;

Result<CgroupFigures> CgroupReader::read() {
  for (Folder* folder : impl_->folders()) {
    if (*folder) (*folder)->forget_refused();
  }
  CgroupFigures figures;
  bool any = impl_->read_cpu(figures);
  any |= impl_->read_memory(figures);
  any |= impl_->pids && read_cgroup_pids(*impl_->pids, figures.pids);
  any |= impl_->unified && read_cgroup_v2_pressure(*impl_->unified, figures);
  if (!any) return Error{"the cgroup is gone, or its files cannot be read"};
  return figures;
}

std::string CgroupReader::refused() const {
  for (const Folder* folder : impl_->folders()) {
    if (*folder && !(*folder)->refused().empty()) {
      return (*folder)->refused().string() + ": may not be read";
    }
  }
  return {};
}

const CgroupPlaces& CgroupReader::places() const {
  return impl_->places;
}

}  // namespace wayside
