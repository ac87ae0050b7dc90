#include "agent/requests/route_style.h"

#include <gtest/gtest.h>

#include <vector>

namespace wayside {
namespace {

TEST(RouteStyles, EveryFrameworksTemplateBecomesOurs) {
  struct Row {
    std::string_view given, becomes;
  };
  const std::vector<Row> rows = {
      {"/api/students/:id", "/api/students/:id"},
      {"/api/students/{id}", "/api/students/:id"},
      {"/api/students/{student_id}", "/api/students/:id"},
      {"/api/students/{id:int}", "/api/students/:id"},
      {"/api/students/{id:[0-9]+}", "/api/students/:id"},
      {"/api/students/{id:[^/]+}/orders", "/api/students/:id/orders"},
      {"/api/students/<id>", "/api/students/:id"},
      {"/api/students/<int:id>", "/api/students/:id"},
      {"/api/students/<uuid:pk>", "/api/students/:uuid"},
      {"/api/students/<str:id>/", "/api/students/:id"},
      {"/posts/<slug:slug>", "/posts/:name"},
      {"/users/:username", "/users/:name"},
      {"/users/{user_name}", "/users/:name"},
      {"/orders/{orderUuid}", "/orders/:uuid"},
      {"/candidates/:candidate", "/candidates/:id"},
      {"/born/:birthDate", "/born/:date"},
      {"/on/{date}", "/on/:date"},
      {"/api/students/:id(\\d+)", "/api/students/:id"},
      {"/api/students/:id?", "/api/students/:id"},
      {"/flights/:from-:to", "/flights/:id"},
      {"/files/*", "/files/:rest"},
      {"/files/**", "/files/:rest"},
      {"*", "/:rest"},
      {"/files/{path:path}", "/files/:rest"},
      {"/files/<path:filename>", "/files/:rest"},
      {"/files/{*rest}", "/files/:rest"},
      {"/files/[...slug]", "/files/:rest"},
      {"/files/:path*", "/files/:rest"},
      {"/files/(.*)", "/files/:rest"},
      {"/blog/[id]/edit", "/blog/:id/edit"},
      {"/tenants/*/users", "/tenants/:name/users"},
      {"/report/{id}.json", "/report/:id"},
      {"^api/students/(?P<pk>[0-9]+)/$", "/api/students/:id"},
      {"^api/(?P<order_uuid>[^/]+)/$", "/api/:uuid"},
      {"api/(?P<order_uuid>[^/]+)/$/$", "/api/:uuid"},
      {"^/$", "/"},
      {"api/students/<int:pk>/", "/api/students/:id"},
      {"GET /api/students/{id}", "/api/students/:id"},
      {"/v1/projects:export", "/v1/projects:export"},
      {"/", "/"},
      {"/api/students/123", "/api/students/:id"},
      {"", ""},
      {"-", ""},
  };
  for (const Row& row : rows) EXPECT_EQ(styled_template(row.given), row.becomes) << row.given;
}

TEST(RouteStyles, OurStyleIsKept) {
  for (const std::string_view text :
       {"/", "/a/:id/b/:uuid/:date/:name/:rest", "/api/v2/students/:id/order-history"}) {
    EXPECT_EQ(styled_template(text), text);
  }
}

TEST(RouteStyles, HostileTextStaysBounded) {
  for (const std::string& text :
       {std::string(100'000, '{'), std::string(100'000, '/'), "/" + std::string(5'000, ':'),
        std::string("/\xff\xfe/\0", 5), std::string("/{"), std::string("/<:"), std::string("/(?P<"),
        std::string("/:"), std::string("^$"), std::string(" ")}) {
    const std::string styled = styled_template(text);
    EXPECT_LE(styled.size(), kMaxTemplate);
    EXPECT_EQ(styled_template(styled), styled);
  }
}

}  // namespace
}  // namespace wayside
