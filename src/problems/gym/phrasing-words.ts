/**
 * Lower-case words of three letters and more that occur in phrasings, thoughts and typing noise, and a few like them.
 * A tokenizer may keep them whole, and how such a token is spelled can only be learned by meeting it: they are never
 * held out.
 */
export const phrasingWords: readonly string[] = `
above add again alphabet and answer appear appears apples are around average back below between big bigger both
calculate can check cipher combine compare compute count countdown decode difference does each equal equals
equation example expression find first for from get give given greater half has have hello help here hey higher
how hundreds hundredths into larger left less letter letters lower make makes many maybe mean means minus more
much multiply must not number numbers occur often once one ones out pair pick place places play please plus
product question quick reach read right say says secret signs small smaller solve stands step subtract sum take
target tell tens tenths text than thank thanks that the their them there these think this thousands thousandths
time times together too true try turn turns two use used using value wait what when which with word work write
yes you zero
`
  .trim()
  .split(/\s+/);
