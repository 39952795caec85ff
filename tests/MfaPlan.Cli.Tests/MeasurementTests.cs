using System.Text.Json;

namespace MfaPlan.Cli.Tests;

public sealed class MeasurementTests
{
    [Fact]
    public void A_measured_process_appends_one_line_of_json()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            Measurement.Append(file);
            Measurement.Append(file);

            var lines = File.ReadAllLines(file);
            lines.Length.ShouldBe(2);
            using var line = JsonDocument.Parse(lines[1]);
            line.RootElement.GetProperty("allocatedBytes").GetInt64().ShouldBePositive();
            line.RootElement.GetProperty("peakWorkingSet").GetInt64().ShouldBePositive();
            line.RootElement.GetProperty("cpuSeconds").GetDouble().ShouldBePositive();
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Nothing_is_measured_where_no_file_is_named(string? file) => Should.NotThrow(() => Measurement.Append(file));
}
