#pragma once

#include <optional>
#include <string_view>

#include "collectors/access_log/source/wrapped_text.h"

namespace wayside {

// One line of a container's log by the Kubernetes container runtime interface (containerd, CRI-O,
// podman's k8s-file):
//   2026-11-23T22:31:31.123456789Z stdout F GET / 200
// where P instead of F says that the line goes on; tags may follow either after a colon.
// https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
//
// As unwrap_docker; `out` has room for line.size() + kUnwrapSlack.
std::optional<WrappedText> unwrap_cri(std::string_view line, char* out);

}  // namespace wayside
