# Prints the pairs that train/stories/learn.py learns from.
add_executable(story_pairs EXCLUDE_FROM_ALL tools/story_pairs.c)
target_link_libraries(story_pairs PRIVATE dateline_objects)
