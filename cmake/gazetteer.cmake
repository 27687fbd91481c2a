# The mapped gazetteer, built from the packed list and the readable lists of data/gazetteer.
add_executable(build_gazetteer tools/build_gazetteer.c src/places/words.c src/base/arena.c src/base/error.c
    src/base/str.c src/base/utf8.c)
target_include_directories(build_gazetteer PRIVATE include src)
target_compile_definitions(build_gazetteer PRIVATE DATELINE_VERSION="${PROJECT_VERSION}")
target_link_libraries(build_gazetteer PRIVATE dateline_options PkgConfig::utf8proc PkgConfig::zlib m)

set(gazetteer_source ${CMAKE_SOURCE_DIR}/data/gazetteer)
set(gazetteer_image ${DATELINE_DATA_OUT}/places.gazetteer)
file(GLOB gazetteer_lists CONFIGURE_DEPENDS ${gazetteer_source}/lists/*.tsv)
add_custom_command(OUTPUT ${gazetteer_image}
    COMMAND build_gazetteer ${gazetteer_image} ${gazetteer_source}/places.tsv.gz ${gazetteer_source}/lists
    DEPENDS build_gazetteer ${gazetteer_source}/places.tsv.gz ${gazetteer_lists}
    COMMENT "Building the gazetteer" VERBATIM)
add_custom_target(gazetteer ALL DEPENDS ${gazetteer_image})
add_dependencies(data gazetteer)

# Prints features for train/places/learn.py; built on demand.
add_executable(place_features EXCLUDE_FROM_ALL tools/place_features.c)
target_link_libraries(place_features PRIVATE dateline_objects)
