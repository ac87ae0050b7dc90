#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// node_filefd_allocated and node_filefd_maximum from the text of /proc/sys/fs/file-nr (proc(5)).
void add_filefd(std::string_view text, FamilyList& out);

// node_entropy_available_bits and node_entropy_pool_size_bits, each from the text of a file under
// /proc/sys/kernel/random (random(4)).
void add_entropy_available(std::string_view text, FamilyList& out);
void add_entropy_pool_size(std::string_view text, FamilyList& out);

}  // namespace wayside
