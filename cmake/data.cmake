# What the engine maps at run time, made from what people edit: data/*/*.tsv -> dateline.lexicon.
set(DATELINE_DATA_OUT ${CMAKE_BINARY_DIR}/data)
file(MAKE_DIRECTORY ${DATELINE_DATA_OUT})

add_executable(compile_lexicon tools/compile_lexicon.c src/base/arena.c src/base/error.c src/base/map.c src/base/str.c)
target_include_directories(compile_lexicon PRIVATE include src)
target_compile_definitions(compile_lexicon PRIVATE DATELINE_VERSION="${PROJECT_VERSION}")
target_link_libraries(compile_lexicon PRIVATE dateline_options)

file(GLOB lexicon_tables CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/data ${CMAKE_SOURCE_DIR}/data/*/*.tsv)
list(SORT lexicon_tables)
list(TRANSFORM lexicon_tables PREPEND ${CMAKE_SOURCE_DIR}/data/ OUTPUT_VARIABLE lexicon_files)
add_custom_command(OUTPUT ${DATELINE_DATA_OUT}/dateline.lexicon
    COMMAND compile_lexicon ${DATELINE_DATA_OUT}/dateline.lexicon ${CMAKE_SOURCE_DIR}/data ${lexicon_tables}
    DEPENDS compile_lexicon ${lexicon_files} COMMENT "Compiling the word lists" VERBATIM)
add_custom_target(data ALL DEPENDS ${DATELINE_DATA_OUT}/dateline.lexicon)

# Models are used as they are; the build folder links to them.
file(GLOB model_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/models/*.dlm)
foreach(model IN LISTS model_files)
  get_filename_component(name ${model} NAME)
  file(CREATE_LINK ${model} ${DATELINE_DATA_OUT}/${name} SYMBOLIC)
endforeach()
