"""python -m unittest tests/test_words.py (standard library only): what must agree with the C runtime."""
import unittest

from dltrain import lemma, tokenise, words


class Words(unittest.TestCase):
    def test_folding_takes_off_case_and_accents_and_plain_quotes_remain(self):
        self.assertEqual(words.fold("Kaboré’s"), "kabore's")
        self.assertEqual(words.fold("Łódź–Ærø"), "lodz-æro")

    def test_shape_numbers_are_those_of_the_model_file(self):
        forms = {"...": 1, "port": 2, "Port": 3, "UNHCR": 4, "A": 5, "McNab": 6, "1,204": 7, "T72": 8}
        self.assertEqual({f: words.shape(f) for f in forms}, forms)

    def test_the_longest_piece_wins_and_a_run_with_a_hole_is_unknown(self):
        pieces = words.WordPiece(["[UNK]", "[CLS]", "[SEP]", "shell", "##ing", "##s", "-", "she"])
        self.assertEqual(pieces.pieces("Shelling"), (3, 4))
        self.assertEqual(pieces.pieces("shell-shells"), (3, 6, 3, 5))
        self.assertEqual(pieces.pieces("shellx"), (0,))
        self.assertEqual(pieces.pieces("\u200a"), (0,))

    def test_hash_of_known_strings(self):
        self.assertNotEqual(words.hash64(b"truce", 1), words.hash64(b"truce", 2))
        self.assertEqual(words.hash64(b"", 0), 0)

    def test_features_give_two_rows_each_inside_their_table(self):
        rows = words.features("Khartoum")
        self.assertEqual(len(rows), 2 * len(words.FEATURES))
        for i, (_, count, _) in enumerate(words.FEATURES):
            self.assertTrue(all(0 <= r < count for r in rows[2 * i: 2 * i + 2]))


class Lemmas(unittest.TestCase):
    def test_a_script_gives_back_the_lemma_it_was_made_from(self):
        for form, base in (("Countries", "country"), ("was", "be"), ("KHARTOUM", "Khartoum"), ("Kyiv", "Kyiv"), ("better", "good"), ("left", "leave")):
            self.assertEqual(lemma.apply(form, lemma.script(form, base)), base)

    def test_a_script_never_takes_off_the_first_letter(self):
        self.assertEqual(lemma.apply("ab", "l-5+x"), "ax")


class Splitting(unittest.TestCase):
    def test_clitics_hyphens_and_marks_stand_apart(self):
        text = "They didn't re-open Gaza's port."
        self.assertEqual([text[a:b] for a, b in tokenise.words(text)], ["They", "did", "n't", "re", "-", "open", "Gaza", "'s", "port", "."])

    def test_an_abbreviation_ends_no_sentence(self):
        self.assertEqual(len(tokenise.sentences("Gen. Amina spoke. She left.")), 2)


if __name__ == "__main__":
    unittest.main()
