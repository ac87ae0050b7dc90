#include "collectors/host/system/own_cgroup.h"

#include <optional>
#include <string>
#include <utility>

#include "agent/system/cgroup_families.h"
#include "agent/system/cgroup_reader.h"
#include "agent/system/cgroup_tree.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

class OwnCgroupPart final : public HostPart {
 public:
  explicit OwnCgroupPart(const Environment& environment)
      : environment_(environment), own_(environment.proc / "self" / "cgroup") {}

  Outcome read(FamilyList& out) override {
    const auto text = own_.read();
    if (!text) return unreadable(own_, text.error());
    // Whoever starts wayside may put it into another cgroup later.
    if (!reader_ || *text != paths_) {
      if (Outcome found = find(std::string(*text)); found.state != Outcome::State::ok) return found;
    }
    const auto figures = reader_->read();
    std::string refused = reader_->refused();
    if (!figures) {
      reader_.reset();
      return Outcome::failed(refused.empty() ? figures.error().message : refused);
    }
    CgroupFamilies families;
    families.add(reader_->places(), *figures);
    families.move_to(out);
    return refused.empty() ? Outcome::ok() : Outcome::failed(std::move(refused));
  }

 private:
  Outcome find(std::string paths) {
    reader_.reset();
    const auto tree = CgroupTree::find(environment_);
    if (!tree) return Outcome::nothing(tree.error().message);
    auto places = tree->own();
    if (!places) return Outcome::failed(places.error().message);
    reader_.emplace(*std::move(places));
    paths_ = std::move(paths);
    return Outcome::ok();
  }

  const Environment& environment_;
  KernelFile own_;
  std::string paths_;  // the text that the reader was found by
  std::optional<CgroupReader> reader_;
};

}  // namespace

std::unique_ptr<HostPart> own_cgroup_part(const HostContext& host) {
  return std::make_unique<OwnCgroupPart>(host.environment);
}

}  // namespace wayside
