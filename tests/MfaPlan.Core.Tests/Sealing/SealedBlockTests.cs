using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using MfaPlan.Core.Sealing;

namespace MfaPlan.Core.Tests.Sealing;

public sealed class SealedBlockTests
{
    private static readonly byte[] KeyBytes = [.. Enumerable.Range(0, 32).Select(static at => (byte)at)];
    private static readonly byte[] Salt = [.. Enumerable.Range(100, 32).Select(static at => (byte)at)];
    private static readonly SealKey Key = new("0a1b2c3d", KeyBytes);

    [Fact]
    public void What_was_sealed_reads_the_same() => Gen.String.Array[0, 50].Sample(static texts =>
    {
        string[] lines = [.. texts.Select(static text => text.ReplaceLineEndings(" ").Replace('\n', ' '))];

        Read(Seal(lines)).ShouldBe([.. lines.Select(static line => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(line)))]);
    });

    [Fact]
    public void Many_blocks_read_the_same()
    {
        string[] lines = [.. Enumerable.Range(0, 20_000).Select(static at => $"{at} {Convert.ToHexString(SHA256.HashData(BitConverter.GetBytes(at)))}")];

        var file = Seal(lines);

        BlocksOf(file).Count.ShouldBeGreaterThan(4);
        Read(file).ShouldBe(lines);
    }

    [Fact]
    public void A_line_longer_than_a_block_reads_the_same()
    {
        string[] lines = ["before", new string('x', 1_000_000), "after"];

        Read(Seal(lines)).ShouldBe(lines);
    }

    [Fact]
    public void A_line_that_no_reader_would_take_is_not_written()
    {
        using var writer = new SealedBlockWriter(new MemoryStream(), Key, Salt, "mfachanges");

        Should.Throw<ArgumentException>(() => writer.Append(new byte[4 * 1024 * 1024]));
        Should.Throw<ArgumentException>(() => writer.Append("a\nb"u8));
    }

    [Fact]
    public void The_form_can_be_read_by_whoever_has_the_key_and_the_description()
    {
        var file = Seal(["one", "two"]);
        var headerLength = Array.IndexOf(file, (byte)'\n') + 1;
        var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(headerLength));
        var nonce = file.AsSpan(headerLength + 4, 12);
        using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, KeyBytes, 32, Salt, "mfaplan/file/v1"u8.ToArray()), 16);
        var packed = new byte[length];
        byte[] context = [.. SHA256.HashData(file.AsSpan(0, headerLength)), 0, 0, 0, 0, 0, 0, 0, 0, 1];

        cipher.Decrypt(nonce, file.AsSpan(headerLength + 16, length), file.AsSpan(headerLength + 16 + length, 16), packed, context);
        using var text = new StreamReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress));

        Encoding.UTF8.GetString(file, 0, headerLength).ShouldBe(
            $"{{\"format\":1,\"kind\":\"mfachanges\",\"key\":\"0a1b2c3d\",\"salt\":\"{Convert.ToBase64String(Salt)}\"}}\n");
        text.ReadToEnd().ShouldBe("one\ntwo\n");
        file.Length.ShouldBe(headerLength + 16 + length + 16);
    }

    [Fact]
    public void A_changed_byte_anywhere_is_noticed()
    {
        var file = Seal(["phone", "number", new string('y', 300)]);

        for (var at = 0; at < file.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. file];
                changed[at] ^= (byte)(1 << bit);

                Should.Throw<SealBrokenException>(() => Read(changed), $"byte {at}, bit {bit}");
            }
        }
    }

    [Fact]
    public void A_file_cut_anywhere_or_longer_than_it_was_is_noticed()
    {
        var file = Seal([.. Enumerable.Range(0, 4).Select(static at => new string((char)('a' + at), 200_000))]);

        BlocksOf(file).Count.ShouldBe(4);
        for (var length = 0; length < file.Length; length++)
        {
            Should.Throw<SealBrokenException>(() => Read(file[..length]));
        }

        Should.Throw<SealBrokenException>(() => Read([.. file, 0]));
        Should.Throw<SealBrokenException>(() => Read([.. file, 1, 0, 0, 0]));
    }

    [Fact]
    public void Blocks_left_out_swapped_repeated_or_of_another_file_are_noticed()
    {
        string[] lines = [.. Enumerable.Range(0, 4).Select(static at => new string((char)('a' + at), 200_000))];
        var file = Seal(lines);
        var header = file.AsSpan(0, Array.IndexOf(file, (byte)'\n') + 1).ToArray();
        var blocks = BlocksOf(file);
        var others = BlocksOf(Seal(lines, [.. Salt.Reverse()]));

        Read(Joined(blocks)).ShouldBe(lines);
        Should.Throw<SealBrokenException>(() => Read(Joined(blocks.Take(3))));
        Should.Throw<SealBrokenException>(() => Read(Joined(blocks.Skip(1))));
        Should.Throw<SealBrokenException>(() => Read(Joined([blocks[0], blocks[2], blocks[1], blocks[3]])));
        Should.Throw<SealBrokenException>(() => Read(Joined([blocks[0], blocks[0], .. blocks.Skip(1)])));
        Should.Throw<SealBrokenException>(() => Read(Joined([others[0], .. blocks.Skip(1)])));
        Should.Throw<SealBrokenException>(() => Read(Joined([])));

        byte[] Joined(IEnumerable<byte[]> parts) => [.. header, .. parts.SelectMany(static part => part)];
    }

    [Fact]
    public void A_file_that_was_not_completed_does_not_read_as_whole()
    {
        using var stream = new MemoryStream();
        using (var writer = new SealedBlockWriter(stream, Key, Salt, "mfachanges"))
        {
            writer.Append(new byte[200_000]);
            writer.Append(new byte[200_000]);
        }

        Should.Throw<SealBrokenException>(() => Read(stream.ToArray()));
    }

    [Fact]
    public void A_small_block_that_unpacks_to_much_is_refused()
    {
        var header = Seal([]).AsSpan().ToArray();
        header = header[..(Array.IndexOf(header, (byte)'\n') + 1)];
        var bomb = new byte[64 * 1024 * 1024];
        bomb.AsSpan().Fill((byte)'\n');
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bomb.Length)];
        BrotliEncoder.TryCompress(bomb, packed, out var length, 1, 22).ShouldBeTrue();
        using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, KeyBytes, 32, Salt, "mfaplan/file/v1"u8.ToArray()), 16);
        var block = new byte[4 + 12 + length + 16];
        BinaryPrimitives.WriteInt32LittleEndian(block, length);
        cipher.Encrypt(
            block.AsSpan(4, 12),
            packed.AsSpan(0, length),
            block.AsSpan(16, length),
            block.AsSpan(16 + length),
            [.. SHA256.HashData(header), 0, 0, 0, 0, 0, 0, 0, 0, 1]);

        Should.Throw<SealBrokenException>(() => Read([.. header, .. block])).Message.ShouldContain("more than a block may");
    }

    [Fact]
    public void A_newer_format_is_refused_by_naming_what_reads_it()
    {
        var file = Encoding.UTF8.GetBytes("{\"format\":2,\"kind\":\"mfachanges\",\"cipher\":\"x\"}\n");

        var thrown = Should.Throw<SealBrokenException>(() => Read(file));

        thrown.Flaw.ShouldBe(SealFlaw.NewerFormat);
        thrown.Message.ShouldContain("sealed format 2");
    }

    [Fact]
    public void Another_kind_or_an_unknown_key_is_refused()
    {
        using var stream = new MemoryStream(Seal(["a"]));

        Should.Throw<SealBrokenException>(() => SealedBlockReader.Read(new MemoryStream(Seal(["a"])), static _ => null).ToList()).Flaw.ShouldBe(SealFlaw.UnknownKey);
        Should.Throw<SealBrokenException>(() => SealedBlockReader.Read(stream, static _ => Key, "spool").ToList()).Message.ShouldContain("spool");
    }

    [Fact]
    public void Keys_show_nothing_but_their_names()
    {
        Key.ToString().ShouldBe("0a1b2c3d");
        new ValueKey("k", KeyBytes).ToString().ShouldBe("k");
        Should.Throw<ArgumentException>(() => new SealKey("k", new byte[31]));
        Should.Throw<ArgumentException>(() => new ValueKey("k", new byte[33]));
    }

    [Fact]
    public void A_value_is_hashed_by_HMAC_SHA256()
    {
        var hash = new byte[32];

        new ValueKey("k", KeyBytes).Hash("unit|field|value"u8, hash);

        hash.ShouldBe(HMACSHA256.HashData(KeyBytes, "unit|field|value"u8.ToArray()));
    }

    private static byte[] Seal(string[] lines, byte[]? salt = null)
    {
        using var stream = new MemoryStream();
        using var writer = new SealedBlockWriter(stream, Key, salt ?? Salt, "mfachanges");
        foreach (var line in lines)
        {
            writer.Append(Encoding.UTF8.GetBytes(line));
        }

        writer.Complete();
        return stream.ToArray();
    }

    private static string[] Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return [.. SealedBlockReader.Read(stream, static id => id == Key.Id ? Key : null).Select(static line => Encoding.UTF8.GetString(line.Span))];
    }

    private static List<byte[]> BlocksOf(byte[] file)
    {
        var blocks = new List<byte[]>();
        for (var at = Array.IndexOf(file, (byte)'\n') + 1; at < file.Length;)
        {
            var length = 4 + 12 + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at)) + 16;
            blocks.Add(file.AsSpan(at, length).ToArray());
            at += length;
        }

        return blocks;
    }
}
