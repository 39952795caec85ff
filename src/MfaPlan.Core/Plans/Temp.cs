#pragma warning disable
using System.Collections.Immutable;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Text;
namespace MfaPlan.Core.Plans;
public enum MatchRule { Override, Upn, Sid, DomainSam, AdAttribute }
public enum SidMismatch { Refuse, Accept }
public enum MigrateOnly { Changed, All }
public enum ExistingValue { Keep, Replace }
public enum SeedUnknown { ReRegister }
public enum DefaultMethodMode { Always, IfNotSet, MostSecureIfNotSet, Leave }
public enum Inclusion { Include, List, Skip, Refuse }
public enum MfaToday { MfaServer, ThirdParty, Entra, None }
public enum Cloud { Global, UsGov, UsGovDoD, China }
public abstract record Limit { public sealed record Count(long Value): Limit { public override string ToString()=>Value.ToString(); } public sealed record Share(double Percent): Limit { public override string ToString()=>Percent+"%"; }
 public bool Allows(long count, long outOf)=> this switch { Count c => count<=c.Value, Share s => count*100.0 <= s.Percent*outOf, _=>false }; }
public sealed record Metadata(string Name);
public sealed record Tenant(Guid Id, Cloud Cloud = Cloud.Global);
public sealed record Domain(string Name, MfaToday MfaToday);
public sealed record MfaServer(string Users, DateOnly? AsOf=null);
public sealed record Source(MfaServer? MfaServer);
public sealed record Misses(Limit Max);
public sealed record MatchPart(ImmutableArray<MatchRule> Order, string? Overrides, SidMismatch SidMismatch, Misses? Misses);
public sealed record PhonePart(ExistingValue Existing);
public sealed record MobileAppPart(SeedUnknown SeedUnknown);
public sealed record Include(Inclusion SourceDisabled, Inclusion EntraDisabled, Inclusion Guests, Inclusion Admins);
public sealed record Migrate(ImmutableArray<string> Groups, ImmutableArray<string> Users, MigrateOnly Only, PhonePart Phone, PhonePart BackupPhone, MobileAppPart MobileApp, PhonePart OathToken, DefaultMethodMode DefaultMethod, Include Include);
public sealed record Protect(ImmutableArray<Guid> BreakGlass, ImmutableArray<string> NeverWrite);
public sealed record Moved(Limit Users);
public sealed record Limits(Limit? Users, Limit Overwrites, Limit Admins, Limit NoMethod, Moved? Moved);
public sealed record Plan(Metadata Metadata, Tenant Tenant, ImmutableArray<Domain> Domains, Source Source, MatchPart Match, Migrate Migrate, Protect? Protect, Limits Limits);
