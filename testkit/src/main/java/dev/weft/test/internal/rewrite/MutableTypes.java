package dev.weft.test.internal.rewrite;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.constant.ClassDesc;
import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.security.MessageDigest;
import java.security.Signature;
import java.text.BreakIterator;
import java.text.CharacterIterator;
import java.text.Format;
import java.util.BitSet;
import java.util.Calendar;
import java.util.DoubleSummaryStatistics;
import java.util.Formatter;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Scanner;
import java.util.StringJoiner;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.zip.Checksum;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;

/** The JDK's types whose objects are made for one thread: others that have one too may call it between its calls. */
final class MutableTypes {

    private static final List<Class<?>> TYPES = List.of(
            StringBuilder.class,
            StringBuffer.class,
            StringJoiner.class,
            StringTokenizer.class,
            Scanner.class,
            Formatter.class,
            Matcher.class,
            Format.class,
            BreakIterator.class,
            CharacterIterator.class,
            Calendar.class,
            BitSet.class,
            IntSummaryStatistics.class,
            LongSummaryStatistics.class,
            DoubleSummaryStatistics.class,
            MessageDigest.class,
            Signature.class,
            Mac.class,
            Cipher.class,
            KeyAgreement.class,
            Checksum.class,
            Deflater.class,
            Inflater.class,
            Buffer.class,
            CharsetEncoder.class,
            CharsetDecoder.class,
            DataInput.class,
            DataOutput.class,
            SeekableByteChannel.class,
            MemorySegment.class,
            InputStream.class,
            OutputStream.class,
            Reader.class,
            Writer.class);

    private static final ClassValue<Boolean> CONTAINED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            // what is printed to look into a program should not change its schedules
            return type == Appendable.class
                    || (!PrintStream.class.isAssignableFrom(type)
                            && TYPES.stream().anyMatch(each -> each.isAssignableFrom(type)));
        }
    };

    private MutableTypes() {}

    static boolean contains(Class<?> type) {
        return CONTAINED.get(type);
    }

    /** Whether it is one of them; a user's class never is. */
    static boolean contains(ClassDesc type) {
        if (!type.isClassOrInterface()) {
            return false;
        }
        var loaded = KnownClasses.ofJdk(Call.internalName(type));
        return loaded != null && contains(loaded);
    }
}
