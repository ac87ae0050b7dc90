#include "agent/requests/usual_paths.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

TEST(UsualPaths, ProbesAskForTheUsualNamesAsAWhole) {
  for (const std::string_view path :
       {"/health", "/healthz", "/livez", "/readyz", "/ping", "/metrics", "/-/ready", "/api/health",
        "/health/ready", "/actuator/health/liveness", "/stub_status", "/up"}) {
    EXPECT_TRUE(is_health_path(path)) << path;
  }
  for (const std::string_view path : {"", "/", "/healthy", "/api/healthy", "/upload", "/pingpong",
                                      "/students/health", "health", "/HEALTH"}) {
    EXPECT_FALSE(is_health_path(path)) << path;
  }
}

TEST(UsualPaths, FilesAreToldByTheirEnding) {
  for (const std::string_view path :
       {"/a.css", "/assets/app.3f2a.js", "/IMG/LOGO.PNG", "/f.woff2", "/favicon.ico", "/robots.txt",
        "/sitemap.xml", "/manifest.webmanifest", "/.well-known/security.txt",
        "/apple-app-site-association", "/app.js.map", "/.css"}) {
    EXPECT_TRUE(is_static_path(path)) << path;
  }
  for (const std::string_view path :
       {"", "/", "/css", "/a.css/b", "/report.pdf", "/export.csv", "/api/data.json", "/a.",
        "/notes.txt", "/a.cssx", "/index.html", "/v1.2/users", ".", "/a.verylongending"}) {
    EXPECT_FALSE(is_static_path(path)) << path;
  }
}

}  // namespace
}  // namespace wayside
