# tests/<room>/test_*.c: one cmocka program a file. tests/cases/ holds the data they read.
pkg_check_modules(cmocka REQUIRED IMPORTED_TARGET cmocka)
file(GLOB test_sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/tests/*/test_*.c)
foreach(source IN LISTS test_sources)
  get_filename_component(room ${source} DIRECTORY)
  get_filename_component(name ${source} NAME_WE)
  string(REGEX REPLACE "^test_" "" name ${name})
  set(target test_${room}_${name})
  add_executable(${target} tests/${source})
  target_link_libraries(${target} PRIVATE dateline_objects PkgConfig::cmocka)
  target_compile_definitions(${target} PRIVATE
      DATELINE_TEST_CASES="${CMAKE_SOURCE_DIR}/tests/cases" DATELINE_TEST_DATA="${DATELINE_DATA_OUT}"
      DATELINE_EXAMPLES="${CMAKE_SOURCE_DIR}/examples")
  add_dependencies(${target} data)
  add_test(NAME ${room}/${name} COMMAND ${target})
  set_tests_properties(${room}/${name} PROPERTIES TIMEOUT 300 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
endforeach()

# The tokenizer against cases in the format of html5lib-tests: our own, and theirs where a folder of them is given.
set(DATELINE_HTML5LIB "" CACHE PATH "Folder of html5lib-tests' *.test tokenizer cases, which do not come with dateline")
add_executable(html5lib_runner ${CMAKE_SOURCE_DIR}/tests/page/html5lib_runner.c)
target_link_libraries(html5lib_runner PRIVATE dateline_objects)
add_test(NAME page/tokenizer COMMAND html5lib_runner ${CMAKE_SOURCE_DIR}/tests/cases/page/tokenizer.test)
if(DATELINE_HTML5LIB)
  file(GLOB html5lib_cases CONFIGURE_DEPENDS ${DATELINE_HTML5LIB}/*.test)
  add_test(NAME page/html5lib COMMAND html5lib_runner ${html5lib_cases})
endif()

find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME page/references COMMAND Python3::Interpreter
    ${CMAKE_SOURCE_DIR}/tests/page/check_references.py $<TARGET_FILE:html5lib_runner>)
add_test(NAME page/tables
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/make_page_tables.py --check ${CMAKE_SOURCE_DIR})
add_test(NAME house/includes
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/house/check_includes.py ${CMAKE_SOURCE_DIR})

# The example of the C API, built against the shared library as a user would, and run on an example page.
add_executable(example_extract ${CMAKE_SOURCE_DIR}/examples/extract.c)
target_link_libraries(example_extract PRIVATE dateline dateline_options)
add_dependencies(example_extract data)
add_test(NAME examples/extract COMMAND example_extract ${CMAKE_SOURCE_DIR}/examples/strike.html)
set_tests_properties(examples/extract PROPERTIES PASS_REGULAR_EXPRESSION "Missile strike on Kharkiv market"
    FAIL_REGULAR_EXPRESSION "Sanitizer" LABELS slow ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})

add_test(NAME command/conventions
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/command/test_command.py $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR})
set_tests_properties(command/conventions PROPERTIES TIMEOUT 1200 LABELS slow ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})

# The store under SIGKILL: a few times always, two hundred times as a slow test.
foreach(kills 10 200)
  add_test(NAME store/crash_${kills} COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/store/crash.py
      $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR} ${kills})
  set_tests_properties(store/crash_${kills} PROPERTIES TIMEOUT 1200 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
endforeach()
set_tests_properties(store/crash_200 PROPERTIES LABELS slow)
add_test(NAME store/command COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/store/test_command.py
    $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR})
set_tests_properties(store/command PROPERTIES TIMEOUT 600 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
# Parquet files, read by a reader of the test's own and, where it is installed, by pyarrow.
add_test(NAME export/parquet COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/export/test_parquet.py
    $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR})
set_tests_properties(export/parquet PROPERTIES TIMEOUT 600 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
# Archives that the test makes, read by the command.
add_test(NAME feeds/archives COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/feeds/test_archives.py $<TARGET_FILE:dateline_command>)
set_tests_properties(feeds/archives PROPERTIES TIMEOUT 600 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
# Folders, archives, and a site on the loopback, followed.
add_test(NAME feeds/follow COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/feeds/test_follow.py $<TARGET_FILE:dateline_command>)
set_tests_properties(feeds/follow PROPERTIES TIMEOUT 1200 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})

if(EXISTS ${CMAKE_SOURCE_DIR}/tests/golden/records)
  add_test(NAME golden/examples COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/golden/golden.py check
      $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR})
  set_tests_properties(golden/examples PROPERTIES LABELS slow ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
endif()

file(GLOB corpus_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/data/corpus/*.txt)
if(corpus_files)
  add_test(NAME corpus/format
      COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/corpus/corpus.py check ${corpus_files})
endif()
add_test(NAME corpus/standoff COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/corpus/test_standoff.py)
set_tests_properties(engine/engine PROPERTIES LABELS slow)

# The views on the prepared pages against tables counted by hand: from coded records all cells must be right; from the pages themselves the
# coder is measured, too.
add_test(NAME monitor/views COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/monitor/test_views.py $<TARGET_FILE:dateline_command>)
set_tests_properties(monitor/views PROPERTIES TIMEOUT 300 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
add_test(NAME monitor/pages COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/monitor/test_views.py $<TARGET_FILE:dateline_command>
    --pages --quiet --at-least 97)
set_tests_properties(monitor/pages PROPERTIES TIMEOUT 600 LABELS slow ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
add_test(NAME monitor/output COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/monitor/test_output.py $<TARGET_FILE:dateline_command>)
set_tests_properties(monitor/output PROPERTIES TIMEOUT 300 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
# docs/analyst.md shows what the commands print; "update" in place of "check" writes it anew when the coder reads pages better.
add_test(NAME monitor/analyst COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/monitor/analyst.py check $<TARGET_FILE:dateline_command>
    ${CMAKE_SOURCE_DIR})
set_tests_properties(monitor/analyst PROPERTIES TIMEOUT 600 LABELS slow ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})

# The server against the commands, then against clients that do wrong.
add_test(NAME serve/server COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/serve/test_server.py $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR}
    Views Words Doors Ends)
add_test(NAME serve/hostile COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tests/serve/test_server.py $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR}
    Hostile)
set_tests_properties(serve/server serve/hostile PROPERTIES TIMEOUT 600 ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
set_tests_properties(serve/hostile PROPERTIES LABELS slow)

# The page: its names of countries, its wording, and all of it in a browser where node, Chromium and web/node_modules are there (once: a
# sanitizer would tell nothing of the page). 77 is "skipped".
add_test(NAME web/countries COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/make_web_countries.py ${CMAKE_SOURCE_DIR} check)
add_test(NAME web/format COMMAND sh ${CMAKE_SOURCE_DIR}/tests/web/run.sh test_format.mjs $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR})
set_tests_properties(web/format PROPERTIES SKIP_RETURN_CODE 77)
if(NOT DATELINE_SANITIZE AND CMAKE_C_COMPILER_ID STREQUAL "GNU")
  add_test(NAME web/browser COMMAND sh ${CMAKE_SOURCE_DIR}/tests/web/run.sh browser.mjs $<TARGET_FILE:dateline_command> ${CMAKE_SOURCE_DIR})
  set_tests_properties(web/browser PROPERTIES TIMEOUT 900 SKIP_RETURN_CODE 77 LABELS slow ENVIRONMENT DATELINE_DATA=${DATELINE_DATA_OUT})
endif()
