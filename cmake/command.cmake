# The command: one file a subcommand, an ordinary user of the library.
file(GLOB cli_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/cli/*.c)
file(GLOB net_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/feeds/net_*.c ${CMAKE_SOURCE_DIR}/src/serve/net_*.c)
add_executable(dateline_command ${cli_sources} ${net_sources})
set_target_properties(dateline_command PROPERTIES OUTPUT_NAME dateline)
target_link_libraries(dateline_command PRIVATE dateline_objects PkgConfig::libcurl PkgConfig::libmicrohttpd)
add_dependencies(dateline_command data)
