# fuzz/fuzz_*.c: one libFuzzer target a reader of outside bytes; corpora in fuzz/corpus/<name>.
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fuzz/fuzz_*.c)
foreach(source IN LISTS fuzz_sources)
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE dateline_objects)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(${name} data)
endforeach()
