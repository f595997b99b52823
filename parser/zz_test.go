package parser
import ("testing";"os";"path/filepath";"fmt")
func TestZZ(t *testing.T){
 names:=[]string{"OldKeywords","OldChoices","ChoiceSources","ExtendedWords","UnquotedText","UnquotedSource","TypedDefaults","RelativeSource","ConfigDefault","TransitionalSymbols","ConditionalDepends","StrictHelp","JoinedLines","LooseProperties","FinalNewlineOptional","SetStatements","OutputAttribute","InsertMarkers","AnyCharacters"}
 for name,dn := range corpora {
  d,_:=DialectByName(dn)
  var texts,paths []string
  filepath.WalkDir(filepath.Join("/tmp/corpora",name),func(p string,e os.DirEntry,err error)error{ if e.Type().IsRegular()&&kconfigName.MatchString(e.Name()){b,_:=os.ReadFile(p);texts=append(texts,string(b));paths=append(paths,p)};return nil})
  count:=func(d Dialect)(n,w int,ex string){ for i,x:=range texts{ tr:=Parse(x,d); for _,e:=range tr.Errors(){ if e.Severity==SeverityError{n++; if ex==""{ l:=tr.Line(int(e.Start)); ex=fmt.Sprintf("%s:%d %s %q",paths[i],l+1,e.Message,tr.Slice(tr.LineStart(l),tr.LineStart(l+1)))}}else{w++}}};return}
  n,w,_:=count(d); fmt.Println("==",name,n,w)
  for i,f:=range names{ bit:=Feature(1)<<i; if d.Features&bit!=0{ e:=d; e.Features&^=bit; n2,w2,ex:=count(e); fmt.Println("  without",f,n2,w2,ex)}}
 }
}
