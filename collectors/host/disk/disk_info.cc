#include "collectors/host/disk/disk_info.h"

#include <algorithm>
#include <array>
#include <utility>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr std::size_t kMostProperties = 256;  // of udev's some sixty

// A label and the property that is its value.
struct Column {
  const char* label;
  const char* property;
};

LabelList labels_of(const DiskInfo& info, std::span<const Column> columns) {
  LabelList labels{{"device", info.device}};
  for (const auto& [label, property] : columns) labels.push_back({label, info.property(property)});
  return labels;
}

prometheus::MetricFamily& add_info(FamilyList& out, const char* name, const char* help) {
  return add_family(out, name, help, prometheus::MetricType::Gauge);
}

void add_infos(std::span<const DiskInfo> infos, FamilyList& out) {
  constexpr std::array<Column, 4> kColumns = {
      {{"model", "ID_MODEL"}, {"path", "ID_PATH"}, {"revision", "ID_REVISION"}, {"wwn", "ID_WWN"}}};
  auto& family = add_info(out, "node_disk_info", "What each disk is, as udev knows it: always 1.");
  for (const DiskInfo& info : infos) {
    LabelList labels = labels_of(info, kColumns);
    std::string serial = info.property("SCSI_IDENT_SERIAL");
    if (serial.empty()) serial = info.property("ID_SERIAL_SHORT");
    labels.push_back({"major", info.major});
    labels.push_back({"minor", info.minor});
    labels.push_back({"serial", std::move(serial)});
    add_sample(family, 1, std::move(labels));
  }
}

// Of the disks that have the first column's property.
void add_infos_of(std::span<const DiskInfo> infos, std::span<const Column> columns,
                  prometheus::MetricFamily& family) {
  for (const DiskInfo& info : infos) {
    if (info.property(columns.front().property).empty()) continue;
    add_sample(family, 1, labels_of(info, columns));
  }
}

void add_ata(std::span<const DiskInfo> infos, FamilyList& out) {
  struct Row {
    const char* name;
    const char* help;
    const char* property;
  };
  constexpr std::array<Row, 3> kRows = {{
      {"node_disk_ata_write_cache", "Whether the disk has a write cache.", "ID_ATA_WRITE_CACHE"},
      {"node_disk_ata_write_cache_enabled", "Whether the disk's write cache is on.",
       "ID_ATA_WRITE_CACHE_ENABLED"},
      {"node_disk_ata_rotation_rate_rpm", "How fast the disk turns: 0 where it does not.",
       "ID_ATA_ROTATION_RATE_RPM"},
  }};
  for (const Row& row : kRows) {
    auto& family = add_info(out, row.name, row.help);
    for (const DiskInfo& info : infos) {
      if (info.property("ID_ATA").empty()) continue;
      const auto number = number_in<double>(info.property(row.property));
      if (number) add_sample(family, *number, {{"device", info.device}});
    }
  }
}

bool is_told(std::string_view name) {
  return name.starts_with("ID_") || name.starts_with("DM_") || name == "SCSI_IDENT_SERIAL";
}

}  // namespace

std::string DiskInfo::property(std::string_view name) const {
  const auto at = properties.find(name);
  return at == properties.end() ? std::string() : at->second;
}

DiskInfo parse_udev_data(std::string_view text) {
  DiskInfo info;
  while (!text.empty() && info.properties.size() < kMostProperties) {
    std::string_view line = next_line(text);
    if (!line.starts_with("E:")) continue;
    line.remove_prefix(2);
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || !is_told(line.substr(0, equals))) continue;
    info.properties.insert_or_assign(std::string(line.substr(0, equals)),
                                     std::string(line.substr(equals + 1)));
  }
  return info;
}

void add_disk_infos(std::span<const DiskInfo> infos, FamilyList& out) {
  constexpr std::array<Column, 4> kFilesystem = {{{"type", "ID_FS_TYPE"},
                                                  {"usage", "ID_FS_USAGE"},
                                                  {"uuid", "ID_FS_UUID"},
                                                  {"version", "ID_FS_VERSION"}}};
  constexpr std::array<Column, 5> kMapper = {{{"name", "DM_NAME"},
                                              {"uuid", "DM_UUID"},
                                              {"vg_name", "DM_VG_NAME"},
                                              {"lv_name", "DM_LV_NAME"},
                                              {"lv_layer", "DM_LV_LAYER"}}};
  add_infos(infos, out);
  add_infos_of(infos, kFilesystem,
               add_info(out, "node_disk_filesystem_info",
                        "The file system on a whole disk, as udev knows it: always 1."));
  add_infos_of(infos, kMapper,
               add_info(out, "node_disk_device_mapper_info",
                        "What a device of the device mapper is, as udev knows it: always 1."));
  add_ata(infos, out);
}

}  // namespace wayside
