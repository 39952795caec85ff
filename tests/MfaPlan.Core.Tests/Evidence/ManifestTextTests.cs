using System.Collections.Immutable;
using System.Text;
using CsCheck;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Core.Tests.Evidence;

public sealed class ManifestTextTests
{
    private static readonly PackManifest Sample = new(
        ManifestText.Format, ManifestText.Kind, new Guid("11111111-2222-4333-8444-555555555555"), "Süd | <plan>", new string('a', 64),
        new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero), IsSigned: true, Revealed: false, ProgramData.Of("1.2.3"),
        new JournalFacts(7, new string('b', 64), null, "3f9a"), [new MissingPart(MissingPart.Plan, new string('c', 64), "Why.")],
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("MFP3001", "No source record"),
        [new PackFile(PackPaths.Plan(new string('a', 64)), 5, new string('d', 64))]);

    [Fact]
    public void A_manifest_is_read_as_it_was_written()
    {
        var bytes = ManifestText.Write(Sample);

        var (manifest, flaw) = ManifestText.Read(bytes);

        flaw.ShouldBeNull();
        ManifestText.Write(manifest!).ShouldBe(bytes);
        (manifest!.Plan, manifest.Journal, manifest.Files.Single()).ShouldBe((Sample.Plan, Sample.Journal, Sample.Files.Single()));
    }

    [Fact]
    public void Any_other_bytes_are_another_manifest_or_none_and_never_throw()
    {
        var bytes = ManifestText.Write(Sample);

        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, 2]).Sample(
            (at, value, how) =>
            {
                byte[] other = how switch
                {
                    0 => [.. bytes[..at], value, .. bytes[(at + 1)..]],
                    1 => [.. bytes[..at], .. bytes[(at + 1)..]],
                    _ => [.. bytes[..at], value, .. bytes[at..]],
                };
                var (manifest, flaw) = ManifestText.Read(other);
                return manifest is null == flaw is not null && (manifest is null || ManifestText.DigestOf(other) == ManifestText.DigestOf(ManifestText.Write(manifest)));
            },
            iter: 3000);
    }

    [Theory]
    [InlineData("3", "MFP5252")]
    [InlineData("99999999999999999999", "MFP5252")]
    [InlineData("0", "MFP5251")]
    [InlineData("\"1\"", "MFP5251")]
    public void A_format_that_this_version_does_not_read_is_told_by_its_code(string format, string code)
    {
        var text = Encoding.UTF8.GetString(ManifestText.Write(Sample)).Replace($"\"format\": {ManifestText.Format},", $"\"format\": {format},", StringComparison.Ordinal);

        ManifestText.Read(Encoding.UTF8.GetBytes(text)).Flaw!.Descriptor.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("summary.md", true)]
    [InlineData("journal/000001.jsonl", true)]
    [InlineData("journal/1.jsonl", false)]
    [InlineData("journal/000001.jsonl\n", false)]
    [InlineData("../summary.md", false)]
    [InlineData("/summary.md", false)]
    [InlineData("signers/..", false)]
    [InlineData("manifest.json", false)]
    [InlineData("", false)]
    public void Only_the_names_of_a_pack_are_paths(string path, bool known) => PackPaths.IsKnown(path).ShouldBe(known);

    [Fact]
    public void The_program_names_every_data_file_with_the_day_it_was_reviewed()
    {
        var program = ProgramData.Of("1.2.3");

        program.Data.Select(static file => file.Name).ShouldContain("method-ranking.json");
        program.Data.ShouldAllBe(static file => DateOnly.ParseExact(file.Reviewed, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).Year > 2025 && PackPaths.IsDigest(file.Sha256));
        program.Numbers.ShouldStartWith("9.");
    }
}
