#pragma warning disable
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
namespace MfaPlan.Core.Plans;
public static class SyntaxDiagnostics {
 static Diagnostic D(string c,string p,string m)=>new(new(c,Severity.Error,c),new Location.InFile(p),m);
 public static Diagnostic FileMissing(string p)=>D("MFP1001",p,"missing"); public static Diagnostic FileUnreadable(string p,string w)=>D("MFP1002",p,w); public static Diagnostic IsADirectory(string p)=>D("MFP1003",p,"dir"); public static Diagnostic TooLarge(string p,long n)=>D("MFP1004",p,"large"); }
public static class PlanDigest { public static string Of(byte[] b)=>Convert.ToHexStringLower(SHA256.HashData(b)); }
public static class PlanReader {
 public const int MaxBytes=1<<20;
 public static Checked<Plan> ReadBytes(string path, byte[] b)=>Read(new SourceText(path, Encoding.UTF8.GetString(b)));
 public static Checked<Plan> Read(SourceText t){
  var y=new YamlDotNet.RepresentationModel.YamlStream(); y.Load(new StringReader(t.Text));
  var o=new JsonSerializerOptions{PropertyNamingPolicy=JsonNamingPolicy.CamelCase}; o.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
  return new(System.Text.Json.JsonSerializer.Deserialize<Plan>(Conv(y.Documents[0].RootNode).ToString(),o),[]); }
 static JToken Conv(YamlDotNet.RepresentationModel.YamlNode n)=> n switch { YamlDotNet.RepresentationModel.YamlMappingNode m=> new JObject(m.Children.Select(c=>new JProperty(c.Key.ToString(),Conv(c.Value)))), YamlDotNet.RepresentationModel.YamlSequenceNode s=>new JArray(s.Children.Select(Conv)), YamlDotNet.RepresentationModel.YamlScalarNode v=> v.Style==ScalarStyle.Plain&&long.TryParse(v.Value,out var l)?new JValue(l): v.Value is "true" or "false" && v.Style==ScalarStyle.Plain? new JValue(v.Value=="true"): new JValue(v.Value), _=>throw new Exception() };
}
