# Compiler flags that hold for every target.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(THREADS_PREFER_PTHREAD_FLAG ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor
                    -Woverloaded-virtual -Wconversion -Wno-sign-conversion)

if(WAYSIDE_SANITIZE)
  add_compile_options(-fsanitize=${WAYSIDE_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${WAYSIDE_SANITIZE})
endif()
if(WAYSIDE_SANITIZE MATCHES "thread")
  # g++ warns that tsan does not model fences; none of ours stands alone.
  add_compile_options(-Wno-tsan)
endif()
if(WAYSIDE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(WAYSIDE_LTO)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
  # One link job a core; without it g++ partitions serially and warns.
  add_link_options(-flto=auto)
endif()
