# The libraries, all from Debian packages (packaging/packages), as targets named alike.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED COMPONENTS core)

# A target from a pkg-config module. The flags matter: cpp-httplib's macros must match its
# shared object.
function(wayside_pkgconfig NAME MODULE)
  pkg_check_modules(${NAME}_pc REQUIRED IMPORTED_TARGET ${MODULE})
  add_library(${NAME} INTERFACE)
  target_link_libraries(${NAME} INTERFACE PkgConfig::${NAME}_pc)
endfunction()
wayside_pkgconfig(httplib cpp-httplib)
wayside_pkgconfig(re2 re2)
wayside_pkgconfig(zlib zlib)
wayside_pkgconfig(libdeflate libdeflate)
wayside_pkgconfig(openssl openssl)
wayside_pkgconfig(libcrypt libxcrypt)
wayside_pkgconfig(systemd libsystemd)

# Header-only libraries in the compiler's default path.
add_library(nlohmann INTERFACE)
add_library(cli11 INTERFACE)
