#include "exporters/prometheus/format/gzip_stream.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "tests/support/gunzip.h"

namespace wayside {
namespace {

using support::gunzip;

// `bytes` in pieces of that size.
std::string compressed(std::string_view bytes, std::size_t piece = 65'536) {
  std::string member;
  GzipStream stream([&](std::string_view out) {
    member += out;
    return true;
  });
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    EXPECT_TRUE(stream.write(bytes.substr(0, piece)));
  }
  EXPECT_TRUE(stream.finish());
  return member;
}

bool comes_back(std::string_view bytes, std::size_t piece = 65'536) {
  return gunzip(compressed(bytes, piece)) == bytes;
}

// As zlib's fastest level has it.
std::size_t size_by_zlib(const std::string& bytes) {
  std::vector<Bytef> out(::compressBound(bytes.size()));
  uLongf size = out.size();
  ::compress2(out.data(), &size, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 1);
  return size;
}

std::string random_bytes(std::size_t size, unsigned kinds = 256, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() % kinds);
  return bytes;
}

// Series of a few families, their labels in no order.
std::string page_of(std::size_t lines, unsigned seed) {
  std::mt19937 random(seed);
  const auto word = [&] {
    constexpr const char* kWords[] = {"students", "marks", "a", "\\\"quoted\\\"", "été", ""};
    return std::string(kWords[random() % 6]);
  };
  std::string page;
  std::string name = "things_total";
  for (std::size_t i = 0; i < lines; ++i) {
    if (random() % 50 == 0) name = word() + "_seconds_bucket";
    page += name + "{service_name=\"" + word() + "-api\",http_route=\"/api/" + word() + "/:id/" +
            word() + "\",le=\"" + std::to_string(random() % 20) + "\"} ";
    page += random() % 4 == 0 ? std::to_string(static_cast<double>(random()) / 3e5)
                              : std::to_string(random() >> random() % 32);
    page += "\n";
  }
  return page;
}

TEST(GzipStream, TheMemberSaysWhatItIs) {
  const std::string member = compressed("x");
  EXPECT_EQ(member.substr(0, 10), std::string("\x1f\x8b\x08\0\0\0\0\0\x04\xff", 10));
  EXPECT_EQ(member.substr(member.size() - 4), std::string("\1\0\0\0", 4));
}

TEST(GzipStream, ShortPagesComeBack) {
  for (const std::string page : {"", "x", "\n", "aaaaaaa", "# EOF\n", "up 1\nup 1\nup 1\nup 1\n"}) {
    EXPECT_TRUE(comes_back(page));
    EXPECT_LE(compressed(page).size(), 10 + 8 + 2 + page.size() * 9 / 8) << page;
  }
}

TEST(GzipStream, EveryLengthOfAShortPageComesBack) {
  const std::string page = page_of(20, 1);
  for (std::size_t size = 0; size < 300; ++size) {
    EXPECT_TRUE(comes_back(page.substr(0, size)));
  }
}

TEST(GzipStream, EveryByteComesBack) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  for (int i = 0; i < 8; ++i) all += all;
  EXPECT_TRUE(comes_back(all));
}

TEST(GzipStream, RandomBytesComeBackAndGrowByLittle) {
  const std::string bytes = random_bytes(1'000'000);
  const std::string member = compressed(bytes);
  EXPECT_TRUE(gunzip(member) == bytes);
  EXPECT_LT(member.size(), bytes.size() * 1003 / 1000);
}

TEST(GzipStream, BytesOfFewKindsComeBack) {
  for (unsigned kinds = 1; kinds < 20; ++kinds) {
    const std::string bytes = random_bytes(100'000, kinds, kinds);
    EXPECT_TRUE(comes_back(bytes)) << kinds;
  }
}

// Bytes each of which is rarer than the next by the golden ratio have the longest codes.
TEST(GzipStream, BytesThatWouldNeedTooLongCodesComeBack) {
  std::string bytes;
  std::size_t many = 1;
  std::size_t before = 1;
  for (int byte = 0; byte < 24; ++byte) {
    bytes.append(many, static_cast<char>(0x80 + byte));
    many += std::exchange(before, many);
  }
  std::shuffle(bytes.begin(), bytes.end(), std::mt19937(4));
  EXPECT_TRUE(comes_back(bytes));
  EXPECT_TRUE(comes_back(bytes.substr(0, 20'000)));
}

TEST(GzipStream, RunsAroundTheLongestMatchComeBack) {
  for (const std::size_t longest : {258, 2 * 258, 3 * 258}) {
    for (std::size_t size = longest - 5; size < longest + 30; ++size) {
      const std::string run(size, 'a');
      EXPECT_TRUE(comes_back(run)) << size;
      const std::string ended = "b\n" + run + "\n" + run + "c\n" + run;
      EXPECT_TRUE(comes_back(ended)) << size;
    }
  }
}

TEST(GzipStream, AMillionEqualBytesAreAlmostNothing) {
  const std::string run(1'000'000, ' ');
  EXPECT_TRUE(comes_back(run));
  EXPECT_LT(compressed(run).size(), 4'000U);
}

TEST(GzipStream, LinesThatRepeatAroundTheWindowsEndComeBack) {
  for (const std::size_t size : {32'766, 32'767, 32'768, 32'769, 32'770, 40'000}) {
    std::string line = random_bytes(size, 200, 7);
    line.front() = '\n';
    const std::string page = line + line + line;
    EXPECT_TRUE(comes_back(page)) << size;
    EXPECT_TRUE(comes_back(page, page.size())) << size;
  }
}

TEST(GzipStream, APageCutAtEveryPointComesBack) {
  const std::string page = page_of(25, 2);
  for (std::size_t cut = 0; cut <= page.size(); ++cut) {
    std::string member;
    GzipStream stream([&](std::string_view out) {
      member += out;
      return true;
    });
    EXPECT_TRUE(stream.write(std::string_view(page).substr(0, cut)));
    EXPECT_TRUE(stream.write({}));
    EXPECT_TRUE(stream.write(std::string_view(page).substr(cut)));
    EXPECT_TRUE(stream.finish());
    ASSERT_TRUE(gunzip(member) == page) << cut;
  }
}

TEST(GzipStream, PiecesOfAnySizeComeBack) {
  const std::string page = page_of(4'000, 3);
  for (const std::size_t piece : {1, 2, 3, 17, 255, 4'096, 32'767, 32'768, 32'769, 65'535, 65'536,
                                  65'537, 131'072, 200'000, 10'000'000}) {
    EXPECT_TRUE(comes_back(page, piece)) << piece;
  }
}

TEST(GzipStream, PagesOfAnyLinesInAnyPiecesComeBack) {
  std::mt19937 random(9);
  for (unsigned i = 0; i < 300; ++i) {
    const std::string page = page_of(random() % 1'000, i);
    std::string member;
    GzipStream stream([&](std::string_view out) {
      member += out;
      return true;
    });
    for (std::string_view rest = page; !rest.empty();) {
      const std::size_t piece = std::min<std::size_t>(rest.size(), random() >> random() % 32);
      ASSERT_TRUE(stream.write(rest.substr(0, piece)));
      rest.remove_prefix(piece);
    }
    ASSERT_TRUE(stream.finish());
    ASSERT_TRUE(gunzip(member) == page) << i;
  }
}

TEST(GzipStream, LinesInOrderAreSmallerThanByZlib) {
  std::string page;
  for (int i = 0; i < 50'000; ++i) {
    page += "things_total{thing=\"a thing with a name of some length " + std::to_string(i) +
            "\",env=\"prod\"} " + std::to_string(i * 7919 % 1'000'003) + "\n";
  }
  EXPECT_TRUE(comes_back(page));
  EXPECT_LT(compressed(page).size(), size_by_zlib(page));
}

TEST(GzipStream, LinesInNoOrderAreNotMuchLargerThanByZlib) {
  const std::string page = page_of(20'000, 5);
  EXPECT_LT(compressed(page).size(), size_by_zlib(page) * 13 / 10);
}

TEST(GzipStream, ASinkThatWantsNoMoreEndsIt) {
  const std::string bytes = random_bytes(65'536);
  int pieces = 0;
  GzipStream stream([&](std::string_view) { return ++pieces < 3; });
  int writes = 0;
  while (writes < 100 && stream.write(bytes)) ++writes;
  EXPECT_LT(writes, 100);
  EXPECT_EQ(pieces, 3);
}

TEST(GzipStream, ASinkThatWantsNothingIsSeenAtTheEnd) {
  GzipStream stream([](std::string_view) { return false; });
  EXPECT_TRUE(stream.write("short"));
  EXPECT_FALSE(stream.finish());
}

}  // namespace
}  // namespace wayside
