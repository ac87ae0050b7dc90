# Compiler flags that hold for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(THREADS_PREFER_PTHREAD_FLAG ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
# What the sanitizers build: lines in reports, and builds that take half as long as with -O2 -g.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()

# Some libraries ask for -pthread and some do not; precompiled headers want one answer.
add_compile_options(-pthread)
add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
                    -Woverloaded-virtual -Wconversion -Wno-sign-conversion)
# g++ 12 sees overlaps and overflows in `"text" + std::string` where it inlines it (PR 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread
                      -Wno-array-bounds)
endif()

if(WAYSIDE_SANITIZE)
  add_compile_options(-fsanitize=${WAYSIDE_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${WAYSIDE_SANITIZE})
endif()
# With checks in between g++ 12 loses track of what is initialised, in std::regex above all.
if(WAYSIDE_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-Wno-maybe-uninitialized)
endif()
if(WAYSIDE_SANITIZE MATCHES "thread")
  # g++ warns that tsan does not model fences; none of ours stands alone.
  add_compile_options(-Wno-tsan)
endif()
if(WAYSIDE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
