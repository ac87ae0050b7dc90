#include "collectors/host/system/own_cgroup.h"

#include <optional>
#include <utility>

#include "agent/system/cgroup_families.h"
#include "agent/system/cgroup_reader.h"
#include "agent/system/cgroup_tree.h"

namespace wayside {
namespace {

class OwnCgroupPart final : public HostPart {
 public:
  explicit OwnCgroupPart(const Environment& environment) : environment_(environment) {}

  Outcome read(FamilyList& out) override {
    if (!reader_) {
      if (const auto found = find(); !found) return Outcome::nothing(found.error().message);
    }
    const auto figures = reader_->read();
    if (!figures) {
      reader_.reset();  // moved to another cgroup, perhaps
      return Outcome::failed(figures.error().message);
    }
    CgroupFamilies families;
    families.add(reader_->places(), *figures);
    families.move_to(out);
    return Outcome::ok();
  }

 private:
  Result<void> find() {
    auto tree = CgroupTree::find(environment_);
    if (!tree) return tree.error();
    auto places = tree->own();
    if (!places) return places.error();
    reader_.emplace(*std::move(places));
    return {};
  }

  const Environment& environment_;
  std::optional<CgroupReader> reader_;
};

}  // namespace

std::unique_ptr<HostPart> own_cgroup_part(const HostContext& host) {
  return std::make_unique<OwnCgroupPart>(host.environment);
}

}  // namespace wayside
