/* vocabulary.c - a hash table of words, grown while the stage opens and only read afterwards. */
#include "events/vocabulary.h"

#include "base/error.h"
#include "base/str.h"

enum { FIRST_SLOTS = 8192 };

static bool grow_words(vocabulary *v)
{
    size_t capacity = v->capacity * 2;
    dl_str *words = DL_NEW_ARRAY(v->arena, dl_str, capacity);
    class_set *classes = DL_NEW_ARRAY(v->arena, class_set, capacity);
    word_id *slots = DL_NEW_ARRAY(v->arena, word_id, capacity * 2);
    if (!words || !classes || !slots) return false;
    memcpy(words, v->words, v->count * sizeof *words);
    memcpy(classes, v->classes, v->count * sizeof *classes);
    for (size_t i = 1; i < v->count; i++) {
        size_t at = dl_hash(words[i].ptr, words[i].len, 0) & (capacity * 2 - 1);
        while (slots[at]) at = (at + 1) & (capacity * 2 - 1);
        slots[at] = (word_id)i;
    }
    v->words = words, v->classes = classes, v->slots = slots;
    v->capacity = capacity, v->slot_count = capacity * 2;
    return true;
}

dl_status vocabulary_init(vocabulary *v, dl_arena *arena, dl_error *err)
{
    *v = (vocabulary){.arena = arena, .count = 1, .capacity = FIRST_SLOTS / 2, .slot_count = FIRST_SLOTS};
    v->words = DL_NEW_ARRAY(arena, dl_str, v->capacity);
    v->classes = DL_NEW_ARRAY(arena, class_set, v->capacity);
    v->slots = DL_NEW_ARRAY(arena, word_id, v->slot_count);
    return v->words && v->classes && v->slots ? DL_OK : dl_fail_memory(err);
}

static size_t slot_of(const vocabulary *v, dl_str word)
{
    size_t at = dl_hash(word.ptr, word.len, 0) & (v->slot_count - 1);
    while (v->slots[at] && !dl_str_eq(v->words[v->slots[at]], word)) at = (at + 1) & (v->slot_count - 1);
    return at;
}

word_id vocabulary_find(const vocabulary *v, dl_str word)
{
    return v->slots[slot_of(v, word)];
}

word_id vocabulary_add(vocabulary *v, dl_str word)
{
    size_t at = slot_of(v, word);
    if (v->slots[at]) return v->slots[at];
    if (v->count == v->capacity) {
        if (!grow_words(v)) return 0;
        at = slot_of(v, word);
    }
    v->slots[at] = (word_id)v->count;
    v->words[v->count] = word;
    return (word_id)v->count++;
}

class_set vocabulary_class(const vocabulary *v, dl_str name)
{
    if (dl_str_is(name, "name")) return CLASS_NAME;
    if (dl_str_is(name, "pron")) return CLASS_PRONOUN;
    if (dl_str_is(name, "num")) return CLASS_NUMBER;
    for (size_t i = 0; i < v->class_count; i++)
        if (dl_str_eq(v->class_names[i], name)) return (class_set)1 << i;
    return 0;
}

static dl_str last_word(dl_str phrase)
{
    size_t at = phrase.len;
    while (at > 0 && phrase.ptr[at - 1] != ' ') at--;
    return dl_str_slice(phrase, at, phrase.len);
}

dl_status vocabulary_read_classes(vocabulary *v, const dl_table *table, dl_error *err)
{
    int key = dl_table_column(table, "key"), kind = dl_table_column(table, "class");
    for (size_t row = 0; row < dl_table_rows(table); row++) {
        dl_str name = dl_table_cell(table, row, kind);
        class_set bit = vocabulary_class(v, name);
        if (!bit) {
            if (v->class_count == MAX_CLASSES) return dl_fail(err, DL_BAD_DATA, "events/classes", row, "too many kinds");
            bit = (class_set)1 << v->class_count;
            v->class_names[v->class_count++] = name;
        }
        word_id word = vocabulary_add(v, last_word(dl_table_cell(table, row, key)));
        if (!word) return dl_fail_memory(err);
        v->classes[word] |= bit;
    }
    return DL_OK;
}

static size_t commas(dl_str list)
{
    size_t count = 0;
    for (size_t i = 0; i < list.len; i++) count += list.ptr[i] == ',';
    return count;
}

dl_status vocabulary_set(vocabulary *v, dl_str list, word_set *out, dl_error *err)
{
    word_id *words = DL_NEW_ARRAY(v->arena, word_id, commas(list) + 1);
    if (!words) return dl_fail_memory(err);
    *out = (word_set){.words = words};
    dl_str field;
    while (dl_str_next(&list, ',', &field)) {
        if (!field.len) continue;
        if (field.ptr[0] == '@') {
            class_set bits = vocabulary_class(v, dl_str_slice(field, 1, field.len));
            if (!bits)
                return dl_fail(err, DL_BAD_DATA, "events", 0, "no kind of things is called '%.*s'", (int)field.len, field.ptr);
            out->classes |= bits;
        } else if (!(words[out->count++] = vocabulary_add(v, field))) {
            return dl_fail_memory(err);
        }
    }
    return DL_OK;
}
