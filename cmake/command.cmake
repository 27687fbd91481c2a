# The command: one file a subcommand, an ordinary user of the library. libcurl and libmicrohttpd are loaded by `follow` and `serve` alone
# (src/base/library.h); only their headers are needed here.
file(GLOB cli_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/cli/*.c)
file(GLOB net_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/feeds/net_*.c ${CMAKE_SOURCE_DIR}/src/serve/net_*.c)
add_executable(dateline_command ${cli_sources} ${net_sources})
set_target_properties(dateline_command PROPERTIES OUTPUT_NAME dateline)
target_link_libraries(dateline_command PRIVATE dateline_objects)
if(DATELINE_LINK_ALL)
  target_compile_definitions(dateline_command PRIVATE DATELINE_LINK_ALL)
  target_link_libraries(dateline_command PRIVATE PkgConfig::libcurl PkgConfig::libmicrohttpd)
else()
  target_include_directories(dateline_command PRIVATE ${libcurl_INCLUDE_DIRS} ${libmicrohttpd_INCLUDE_DIRS})
endif()
add_dependencies(dateline_command data)
