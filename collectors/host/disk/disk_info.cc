#include "collectors/host/disk/disk_info.h"

#include <array>
#include <cmath>
#include <string>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

struct InfoLabel {
  const char* label;
  const char* property;
};

LabelList labels_of(const Disk& disk, std::span<const InfoLabel> labels) {
  LabelList list = {{"device", disk.stats.device}};
  for (const InfoLabel& each : labels) {
    list.push_back({each.label, std::string(disk.properties[each.property])});
  }
  return list;
}

constexpr std::array<InfoLabel, 5> kDiskLabels = {{{"model", "ID_MODEL"},
                                                   {"path", "ID_PATH"},
                                                   {"revision", "ID_REVISION"},
                                                   {"serial", "ID_SERIAL_SHORT"},
                                                   {"wwn", "ID_WWN"}}};
constexpr std::array<InfoLabel, 5> kMapperLabels = {{{"name", "DM_NAME"},
                                                     {"uuid", "DM_UUID"},
                                                     {"vg_name", "DM_VG_NAME"},
                                                     {"lv_name", "DM_LV_NAME"},
                                                     {"lv_layer", "DM_LV_LAYER"}}};
constexpr std::array<InfoLabel, 4> kFilesystemLabels = {{{"type", "ID_FS_TYPE"},
                                                         {"usage", "ID_FS_USAGE"},
                                                         {"uuid", "ID_FS_UUID"},
                                                         {"version", "ID_FS_VERSION"}}};

// Of the disks that have the first label's property.
void add_info(const char* name, const char* help, std::span<const InfoLabel> labels,
              std::span<const Disk> disks, FamilyList& out) {
  auto& family = add_family(out, name, help, prometheus::MetricType::Gauge);
  for (const Disk& disk : disks) {
    if (disk.properties[labels.front().property].empty()) continue;
    add_sample(family, 1, labels_of(disk, labels));
  }
}

void add_ata(const char* name, const char* help, const char* property, std::span<const Disk> disks,
             FamilyList& out) {
  auto& family = add_family(out, name, help, prometheus::MetricType::Gauge);
  for (const Disk& disk : disks) {
    if (disk.properties["ID_ATA"].empty()) continue;
    const auto value = number_in<double>(disk.properties[property]);
    if (value && std::isfinite(*value)) add_sample(family, *value, {{"device", disk.stats.device}});
  }
}

}  // namespace

void add_disk_info(std::span<const Disk> disks, FamilyList& out) {
  auto& info = add_family(out, "node_disk_info", "What each block device is, as labels: always 1.",
                          prometheus::MetricType::Gauge);
  for (const Disk& disk : disks) {
    auto labels = labels_of(disk, kDiskLabels);
    labels.push_back({"major", std::to_string(disk.stats.major)});
    labels.push_back({"minor", std::to_string(disk.stats.minor)});
    add_sample(info, 1, std::move(labels));
  }
  add_info("node_disk_device_mapper_info",
           "What each device of the device mapper is, as labels: always 1.", kMapperLabels, disks,
           out);
  add_info("node_disk_filesystem_info",
           "The file system of each block device, as labels: always 1.", kFilesystemLabels, disks,
           out);
  add_ata("node_disk_ata_rotation_rate_rpm",
          "How often each ATA disk turns in a minute; 0 for one that does not turn.",
          "ID_ATA_ROTATION_RATE_RPM", disks, out);
  add_ata("node_disk_ata_write_cache", "Whether each ATA disk has a write cache: 1 or 0.",
          "ID_ATA_WRITE_CACHE", disks, out);
  add_ata("node_disk_ata_write_cache_enabled",
          "Whether each ATA disk uses its write cache: 1 or 0.", "ID_ATA_WRITE_CACHE_ENABLED",
          disks, out);
}

}  // namespace wayside
